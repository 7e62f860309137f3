import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, isFocused, shownDecision, signIn, submitCase, textOf, waitForResult } from './steps.ts';

export function reading(stack: () => Stack): void {
  it('asks for what is missing, records, and keeps every reading', async () => {
    const { page, context, faults } = await stack().visitor();
    const reader = accountOf(stack().demo, 'clinician');
    await signIn(page, reader);
    await submitCase(page, 'READING-1', [await fieldFile('Early', 931)]);
    await waitForResult(page);
    const decision = await shownDecision(page);
    const other = decision.startsWith('Benign') ? 'Pro' : 'Benign';

    const form = page.getByRole('region', { name: 'Your reading' });
    await form.getByRole('button', { name: 'Record reading' }).click();
    await form.getByRole('alert').getByText('Say what the field shows.').waitFor();
    expect(await isFocused(form.getByRole('radio', { name: /^Benign/ }))).toBe(true);
    await form.getByRole('radio', { name: new RegExp(`^${other}`) }).click();
    await form.getByRole('radio', { name: 'Sure', exact: true }).click();
    const severity = form.getByRole('radio', { name: 'Serious' });
    // A deferred field was not answered: there is no error to weigh.
    if (await severity.isEnabled()) {
      await form.getByRole('button', { name: 'Record reading' }).click();
      await form.getByText(/how much the model's error/).waitFor();
      await severity.click();
    }
    await form.getByLabel('Comment').fill('Confirmed at the microscope.');
    await form.getByRole('button', { name: 'Record reading' }).click();

    await form.getByText('Latest reading').waitFor();
    await form.getByText('Confirmed at the microscope.').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await textOf(form)).toContain(reader.name);

    await page.keyboard.press('c');
    await page.keyboard.press('3');
    await form.getByRole('radio', { name: 'Unsure' }).click();
    if (await severity.isEnabled()) await form.getByRole('radio', { name: 'Minor' }).click();
    await page.keyboard.press('Control+Enter');
    await form.getByText('Earlier readings').waitFor();
    expect(await textOf(form)).toContain('Confirmed at the microscope.');
    expect(faults).toEqual([]);

    await page.goto('/cases');
    await page.getByRole('tab', { name: /^Read/ }).click();
    await page.getByRole('link', { name: 'READING-1' }).waitFor();
    await context.close();
  });

  it('keeps a reading that was begun while another case is looked at', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    const path = await submitCase(page, 'BEGUN-1', [await fieldFile('Benign', 941)]);
    await waitForResult(page);
    await page.keyboard.press('5');
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.waitForURL('**/cases');
    await page.getByRole('link', { name: 'BEGUN-1' }).click();
    await page.waitForURL(`**${path}`);
    expect(await page.getByRole('radio', { name: /Not assessable/ }).isChecked()).toBe(true);
    await context.close();
  });
}
