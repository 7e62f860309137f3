import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, signIn, submitCase, waitForResult } from './steps.ts';

export function administration(stack: () => Stack): void {
  it('adds a user who can sign in, and ends the sessions of a user who is disabled', async () => {
    const admin = await stack().visitor();
    const acting = accountOf(stack().demo, 'admin');
    await signIn(admin.page, acting, '/admin/users');
    const account = {
      email: 'nora.weiss@demo.example',
      password: 'a password of the journeys',
      name: 'Dr Nora Weiss',
      role: 'senior' as const,
    };
    await admin.page.getByRole('button', { name: 'Add a user' }).click();
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(account.name);
    await dialog.getByLabel('E-mail').fill(account.email);
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await admin.page.getByRole('option', { name: /^Senior/ }).click();
    await dialog.getByLabel('First password').fill('chosen by the admin');
    await dialog.getByLabel('Reason').fill('Joins the team today');
    await dialog.getByLabel('Your password').fill(acting.password);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await admin.page.getByRole('cell', { name: account.email }).waitFor();

    const senior = await stack().visitor();
    await signIn(senior.page, { ...account, password: 'chosen by the admin' });
    await senior.page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await senior.page.getByLabel('Current password').fill('chosen by the admin');
    await senior.page.getByLabel('New password').fill(account.password);
    await senior.page.getByRole('button', { name: 'Change password' }).click();
    await senior.page.getByRole('table', { name: 'Cases' }).waitFor();

    await admin.page.getByRole('button', { name: `Disable ${account.name}` }).click();
    await admin.page.getByRole('dialog').getByLabel('Reason').fill('Left the team');
    await admin.page.getByRole('dialog').getByLabel('Your password').fill(acting.password);
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await admin.page.getByText('disabled', { exact: true }).waitFor();
    await senior.page.getByLabel('Search by pseudonym').fill('x');
    await senior.page.waitForURL('**/sign-in**');
    await senior.context.close();
    await admin.context.close();
  });

  it('switches the AI off: results disappear everywhere, reading goes on', async () => {
    const reader = await stack().visitor();
    await signIn(reader.page, accountOf(stack().demo, 'clinician'));
    await submitCase(reader.page, 'AI-OFF-1', [await fieldFile('Early', 971)]);
    await waitForResult(reader.page);
    const admin = await stack().visitor();
    await signIn(admin.page, accountOf(stack().demo, 'admin'), '/admin/models');
    const flip = async (name: string, button: string) => {
      await admin.page.getByRole('button', { name }).click();
      await admin.page.getByRole('dialog').getByLabel('Reason').fill('A trial of the switch');
      await admin.page.getByRole('dialog').getByRole('button', { name: button }).click();
      await admin.page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await flip('Switch AI off…', 'Switch off');

    await reader.page.reload();
    await reader.page.getByText('AI is switched off').first().waitFor();
    expect(await reader.page.locator('svg[data-mask]').count()).toBe(0);
    await reader.page.keyboard.press('2');
    await reader.page.getByRole('radio', { name: 'Sure', exact: true }).click();
    await reader.page.keyboard.press('Control+Enter');
    await reader.page.getByText('Reading that stands').waitFor();

    await flip('Switch AI on…', 'Switch on');
    await reader.page.reload();
    await waitForResult(reader.page);
    await reader.context.close();
    await admin.context.close();
  });
}
