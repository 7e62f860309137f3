import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { violationsInBothThemes } from './accessibility.ts';
import { fieldsOf, submit } from './learning/calls.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, shownDecision, signIn, submitCase, waitForResult } from './steps.ts';

/** More fields than one page of changes holds, 12. */
const MANY = 16;

/** Settles the open field. */
async function settle(page: Page): Promise<void> {
  const form = page.getByRole('region', { name: 'Your reading' });
  await page.keyboard.press('2');
  await form.getByRole('radio', { name: 'Sure', exact: true }).click();
  await form.getByRole('combobox', { name: 'Confirmed by' }).click();
  await page.getByRole('option', { name: 'Genetics' }).click();
  const severity = form.getByRole('radio', { name: 'Minor' });
  if (await severity.isEnabled()) await severity.click();
  await page.keyboard.press('Control+Enter');
  await form.getByText('Latest reading').waitFor();
}

/** Decides on the open version in its dialog, with a reason. */
async function conclude(page: Page, { button, reason }: { button: string; reason: string }): Promise<void> {
  await page.getByRole('button', { name: `${button}…` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Draws up the open version, which is over, once more, and keeps it as a draft. */
async function draftAgain(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Propose again' }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByText('Your draft: nobody is asked to decide on it yet.').waitFor();
}

const CHANGES = 'Unsettled fields whose decision would change';

/** The unsettled fields that would change, as one page of the table shows them. */
function changes(page: Page) {
  const section = page
    .locator('section')
    .filter({ has: page.getByRole('table', { name: CHANGES }) })
    .last();
  const pictures = async (): Promise<{ src: string; width: number }[]> => {
    for (const picture of await section.locator('img').all()) await picture.scrollIntoViewIfNeeded();
    const found = await page.evaluate(
      `[...document.querySelectorAll('[aria-label="${CHANGES}"] img')].map(({ src, naturalWidth: width }) => ({ src, width }))`,
    );
    return z.array(z.object({ src: z.string(), width: z.number() })).parse(found);
  };
  return { section, pictures };
}

export function costs(stack: () => Stack): void {
  it('lets one admin propose and another activate; unread decisions follow live, settled ones stay', async () => {
    const { demo } = stack();
    const clinician = await stack().visitor();
    await signIn(clinician.page, accountOf(demo, 'clinician'));
    const readCase = await submitCase(clinician.page, 'COSTS-READ', [await fieldFile('Early', 951)]);
    await waitForResult(clinician.page);
    const readDecision = await shownDecision(clinician.page);
    await settle(clinician.page);
    await submitCase(clinician.page, 'COSTS-UNREAD', [await fieldFile('Pre', 952)]);
    await waitForResult(clinician.page);
    expect(await shownDecision(clinician.page)).not.toBe('Not assessable');

    const proposer = await stack().visitor();
    await signIn(proposer.page, accountOf(demo, 'admin', 0), '/admin/costs');
    await proposer.page.getByRole('button', { name: 'Propose a version' }).click();
    const cell = proposer.page.getByLabel('Cost when truly Pro, called Benign');
    await cell.fill('-1');
    await proposer.page.getByText('The cost of truly Pro, called Benign cannot be negative.').waitFor();
    await cell.fill('90');
    // A second reading for nothing: every field is referred unless its answer is certain beyond doubt.
    await proposer.page.getByLabel('Cost of a second reading').fill('0');
    await proposer.page.getByText(/unsettled decisions? would change/).waitFor();
    await proposer.page.getByRole('table', { name: 'Cost of a field by these figures' }).waitFor();
    const slider = proposer.page.getByLabel('Try: truly Pro, called Early');
    await slider.focus();
    await proposer.page.keyboard.press('ArrowRight');
    expect(await proposer.page.getByLabel('Cost when truly Pro, called Early').inputValue()).toBe('26');
    await proposer.page.getByLabel('Name').fill('Refer whatever is in doubt');
    await proposer.page.getByLabel('Reason').fill('A trial of the referral line');
    await proposer.page.getByRole('button', { name: 'Propose', exact: true }).click();
    await proposer.page.getByText('You proposed this version.').waitFor();
    expect(await proposer.page.getByRole('button', { name: 'Activate…' }).count()).toBe(0);

    const approver = await stack().visitor();
    const second = accountOf(demo, 'admin', 1);
    await signIn(approver.page, second, '/admin/costs');
    await approver.page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = approver.page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Agreed in the Monday round');
    await dialog.getByLabel('Your password').fill('not my password');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog
      .getByText(/password/i)
      .last()
      .waitFor();
    await dialog.getByLabel('Your password').fill(second.password);
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await approver.page.getByText(/^Version \d+ is in force$/).waitFor();

    // The clinician's page was never reloaded.
    await clinician.page.getByTestId('decision').getByText('Deferred').waitFor();
    await clinician.page.getByRole('heading', { name: 'Decisions' }).waitFor();
    await clinician.page.goto(readCase);
    await waitForResult(clinician.page);
    expect(await shownDecision(clinician.page)).toBe(readDecision);
    for (const { context } of [clinician, proposer, approver]) await context.close();
  });

  it('draws a retired version up again, shows picture by picture what would change, and lets it be discarded, proposed and withdrawn', async () => {
    const { demo } = stack();
    const reader = await stack().visitor();
    await signIn(reader.page, accountOf(demo, 'clinician'));
    const files = await Promise.all(
      Array.from({ length: MANY }, (_, i) => fieldFile(i % 2 === 0 ? 'Pre' : 'Early', 980 + i)),
    );
    const caseId = await submit(reader.page, 'COSTS-MANY', files);
    const isWaiting = async () => (await fieldsOf(reader.page, caseId)).some(({ result }) => result === null);
    await expect.poll(isWaiting, { timeout: 300_000, interval: 200 }).toBe(false);

    const { page, context, faults } = await stack().visitor();
    await signIn(page, accountOf(demo, 'admin'), '/admin/costs');
    await page
      .getByRole('navigation', { name: 'Versions' })
      .getByRole('button', { name: /retired/ })
      .click();
    await draftAgain(page, 'The trial has ended');
    await conclude(page, { button: 'Discard', reason: 'Not yet' });
    const shown = page.getByRole('article');
    await shown.getByText('rejected', { exact: true }).waitFor();
    await shown.getByText('Not yet').waitFor();
    await draftAgain(page, 'The trial has ended after all');
    await page.getByRole('button', { name: 'Propose…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('The trial has ended after all');
    await dialog.getByRole('button', { name: 'Propose' }).click();
    await page.getByText('You proposed this version.').waitFor();

    const { section, pictures } = changes(page);
    const counted = section.getByText(/^1 to 12 of \d+$/);
    await counted.waitFor();
    const total = Number(/\d+$/.exec((await counted.textContent()) ?? '')?.[0]);
    await page.getByText(new RegExp(`^${total} of \\d+ unsettled decisions would change`)).waitFor();
    await expect.poll(async () => (await pictures()).filter(({ width }) => width > 0).length).toBe(12);
    const first = (await pictures()).map(({ src }) => src);
    expect(new Set(first).size).toBe(12);
    expect(await violationsInBothThemes(page)).toEqual([]);
    expect(await section.getByRole('button', { name: 'Previous' }).isEnabled()).toBe(false);
    await section.getByRole('button', { name: 'Next' }).click();
    await section.getByText(`13 to ${Math.min(24, total)} of ${total}`).waitFor();
    const onSecond = Math.min(12, total - 12);
    await expect.poll(async () => (await pictures()).filter(({ width }) => width > 0).length).toBe(onSecond);
    expect((await pictures()).filter(({ src }) => first.includes(src))).toEqual([]);
    expect(await section.getByRole('button', { name: 'Next' }).isEnabled()).toBe(total > 24);
    await section.getByRole('button', { name: 'Previous' }).click();
    await counted.waitFor();

    // A second reading for nothing refers what is referred now.
    await page.getByRole('button', { name: 'What if other figures…' }).click();
    await page.getByLabel('Try: a second reading').focus();
    await page.keyboard.press('Home');
    expect(await page.getByLabel('Cost of a second reading').inputValue()).toBe('0');
    await page.getByText(/^0 of \d+ unsettled decisions would change/).waitFor();
    await section.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back to the proposal' }).click();
    await page.getByText(new RegExp(`^${total} of \\d+ unsettled decisions would change`)).waitFor();
    await counted.waitFor();

    await conclude(page, { button: 'Reject', reason: 'The trial goes on' });
    await shown.getByText('rejected', { exact: true }).waitFor();
    await shown.getByText('The trial goes on').waitFor();
    expect(faults).toEqual([]);
    for (const each of [context, reader.context]) await each.close();
  });

  it('verifies the audit trail of all that', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'admin'), '/admin/audit');
    await page.getByRole('cell', { name: 'costs.activate' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the trail' }).click();
    await page.getByRole('dialog').getByText('The trail is intact').waitFor();
    await context.close();
  });
}
