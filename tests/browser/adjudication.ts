import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled, violations, violationsInBothThemes } from './accessibility.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, newSenior, readAs, signIn, submitCase, waitForResult } from './steps.ts';

const secondField = (page: Page) => page.getByRole('application', { name: /^Field 2 of 2/ });

async function toSecondField(page: Page): Promise<void> {
  await waitForResult(page);
  await page.keyboard.press(']');
  await secondField(page).waitFor();
  await waitForResult(page);
}

const standing = (page: Page, words: string) =>
  page.getByTestId('adjudication').getByText(words, { exact: true }).waitFor();

export function adjudication(stack: () => Stack): void {
  it('shows a disagreement, leads the senior to it, and settles it', async () => {
    const { demo } = stack();
    const account = await newSenior(stack());
    const first = await stack().visitor();
    await signIn(first.page, accountOf(demo, 'clinician'));
    const files = [await fieldFile('Early', 982), await fieldFile('Pre', 981)];
    const path = await submitCase(first.page, 'DISPUTE-1', files);
    await toSecondField(first.page);
    await standing(first.page, 'Not read yet');
    await readAs(first.page, '3');
    await standing(first.page, 'Waits for a second reader');

    const senior = await stack().visitor({ theme: 'dark' });
    await signIn(senior.page, account);
    const places = senior.page.getByRole('navigation', { name: 'Main' });
    await places.getByRole('link', { name: 'To decide', exact: true }).waitFor();

    const second = await stack().visitor();
    await signIn(second.page, accountOf(demo, 'clinician', 1));
    await second.page.getByRole('combobox', { name: 'Readings' }).click();
    await second.page.getByRole('option', { name: /^One reader/ }).click();
    await second.page.getByRole('link', { name: 'DISPUTE-1' }).click();
    await second.page.waitForURL(`**${path}`);
    await toSecondField(second.page);
    await second.page.getByRole('button', { name: 'Add your reading' }).click();
    await readAs(second.page, '4');
    const dispute = 'Disputed: readers disagree; a senior decides';
    await standing(second.page, dispute);
    // The first reader's page was not reloaded.
    await standing(first.page, dispute);
    expect(await violationsInBothThemes(first.page)).toEqual([]);
    expect(await first.page.getByRole('link', { name: /To decide/ }).count()).toBe(0);

    await places.getByRole('link', { name: 'To decide , 1 waiting' }).click();
    await senior.page.waitForURL('**/decide');
    await senior.page.getByRole('heading', { name: 'To decide' }).waitFor();
    const link = senior.page.getByRole('link', { name: 'DISPUTE-1' });
    await link.waitFor();
    await senior.page.getByRole('link', { name: /DEMO/ }).first().waitFor({ state: 'detached' });
    await settled(senior.page);
    expect(await violations(senior.page)).toEqual([]);
    await link.click();
    await senior.page.waitForURL(`**${path}`);
    await secondField(senior.page).waitFor();
    await waitForResult(senior.page);
    await senior.page.getByText('You are a senior: your reading settles the field.').waitFor();
    await senior.page.getByRole('button', { name: 'Decide', exact: true }).waitFor();
    expect(await violations(senior.page)).toEqual([]);
    await readAs(senior.page, '2');
    const decision = 'Settled: Early, a senior decided';
    await standing(senior.page, decision);
    await standing(first.page, decision);
    await standing(second.page, decision);
    await places.getByRole('link', { name: 'To decide', exact: true }).click();
    await senior.page.getByRole('heading', { name: 'Nothing is disputed' }).waitFor();

    await senior.page.keyboard.press('g');
    await senior.page.keyboard.press('k');
    await senior.page.getByRole('row', { name: /All pairs together/ }).waitFor();
    await senior.page
      .getByRole('rowheader', { name: new RegExp(account.name) })
      .first()
      .waitFor();
    await settled(senior.page);
    expect(await violations(senior.page)).toEqual([]);
    await senior.page.keyboard.press('g');
    await senior.page.keyboard.press('w');
    await senior.page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await senior.page.getByRole('link', { name: /DEMO/ }).first().waitFor();

    // The senior judged the error, and its cost follows.
    const admin = await stack().visitor();
    await signIn(admin.page, accountOf(demo, 'admin'), '/admin/costs');
    await admin.page.getByRole('button', { name: 'From readers’ judgements' }).click();
    await admin.page.getByText(/judgements? on \d+ fields? counts?\.$/).waitFor();
    expect(await violationsInBothThemes(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Use as draft' }).click();
    expect(await admin.page.getByLabel('Reason').inputValue()).toMatch(/^Starts from costs computed from/);
    await admin.page.getByText(/costs? differs? from the version in force/).waitFor();

    await first.page.goto('/agreement');
    await first.page.getByRole('heading', { name: 'For seniors and admins' }).waitFor();
    expect([...first.faults, ...second.faults, ...senior.faults, ...admin.faults]).toEqual([]);
    for (const { context } of [first, second, senior, admin]) await context.close();
  });
}
