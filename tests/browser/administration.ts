import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import {
  addUser,
  askForUser,
  fieldFile,
  isFocused,
  signIn,
  signInFirst,
  submitCase,
  waitForResult,
} from './steps.ts';

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
    const first = await addUser(admin.page, acting, account);
    await askForUser(admin.page, acting, { ...first, name: 'Dr Nora Weiss again' });
    await admin.page.getByRole('alert').getByText('Another account uses this e-mail address.').waitFor();
    await admin.page.keyboard.press('Escape');
    const senior = await stack().visitor();
    await signInFirst(senior.page, first, account);

    await admin.page.getByRole('button', { name: `Change the role of ${account.name}` }).click();
    await expect
      .poll(() => isFocused(admin.page.getByRole('dialog').getByRole('combobox', { name: 'Role' })))
      .toBe(true);
    await admin.page.keyboard.press('Escape');
    await admin.page.getByRole('dialog').waitFor({ state: 'detached' });
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
    const card = admin.page.getByRole('article');
    await card.getByRole('heading', { name: /^Model card: / }).waitFor();
    await card.getByText('The probabilities assume these shares of the stages').waitFor();
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
    await reader.page.getByText('Latest reading').waitFor();

    await flip('Switch AI on…', 'Switch on');
    await reader.page.reload();
    await waitForResult(reader.page);
    await reader.context.close();
    await admin.context.close();
  });
}
