import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled, violations, violationsInBothThemes } from './accessibility.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, isFocused, readAs, signIn, submitCase, waitForResult } from './steps.ts';

const signatures = (page: Page) => page.getByRole('region', { name: 'Signatures' });

export function signing(stack: () => Stack): void {
  it('signs a case with the password, and shows a reading that was added since', async () => {
    const { demo } = stack();
    const account = accountOf(demo, 'clinician');
    const { page, context, faults } = await stack().visitor();
    await signIn(page, account);
    const path = await submitCase(page, 'SIGN-1', [await fieldFile('Pro', 977)]);
    await waitForResult(page);
    const button = page.getByRole('button', { name: 'Sign…' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await readAs(page, '4');
    await page.getByTestId('adjudication').getByText('Waits for a second reader').waitFor();

    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Sign SIGN-1' });
    await dialog.getByText('1 field: 1 Pro. 1 waits for a second reader.').waitFor();
    await expect
      .poll(() => isFocused(dialog.getByRole('radio', { name: 'I reviewed this case.' })))
      .toBe(true);
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog.getByLabel('Your password').fill('not my password');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('The password is not right.').waitFor();
    await dialog.getByLabel('Your password').fill(account.password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await signatures(page).getByText('Valid').waitFor();
    await signatures(page).getByText('I reviewed this case.').waitFor();
    await signatures(page)
      .getByText(/\(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)$/)
      .waitFor();

    const other = await stack().visitor({ theme: 'dark' });
    await signIn(other.page, accountOf(demo, 'clinician', 1), path);
    await waitForResult(other.page);
    await signatures(other.page).getByText('Valid').waitFor();
    await other.page.getByRole('button', { name: 'Add your reading' }).click();
    await readAs(other.page, '3');
    // The signer's page was not reloaded.
    await signatures(page).getByText('Changed since').waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);

    // What changes while the dialog is open is not signed unseen.
    await page.keyboard.press('s');
    await other.page.getByRole('button', { name: 'Read again' }).click();
    await readAs(other.page, '4');
    await dialog.getByText('The case has changed meanwhile.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Sign' }).isEnabled()).toBe(false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Readings' }).click();
    await page.getByRole('option', { name: /^Changed since/ }).click();
    await page
      .getByRole('row', { name: /SIGN-1/ })
      .getByText('Signed; a reading was added since.')
      .waitFor();
    await page.getByRole('link', { name: /DEMO/ }).first().waitFor({ state: 'detached' });
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect([...faults, ...other.faults]).toEqual([]);
    for (const each of [context, other.context]) await each.close();
  });
}
