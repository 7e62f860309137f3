import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, shownDecision, signIn, submitCase, waitForResult } from './steps.ts';

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

  it('verifies the audit trail of all that', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'admin'), '/admin/audit');
    await page.getByRole('cell', { name: 'costs.activate' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the trail' }).click();
    await page.getByRole('dialog').getByText('The trail is intact').waitFor();
    await context.close();
  });
}
