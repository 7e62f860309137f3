import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { OpenidProvider } from '../support/openid-provider.ts';
import { violationsInBothThemes } from './accessibility.ts';
import { runningDataDir } from './env.ts';
import { accountOf, type Stack } from './stack.ts';
import { addUser, signIn } from './steps.ts';

const INES = {
  email: 'ines.roth@demo.example',
  password: '',
  name: 'Dr Ines Roth',
  role: 'admin',
} as const;

const button = (page: Page) => page.getByRole('button', { name: 'Sign on with Example Hospital' });

/** Says at the provider who it is. */
async function prove(page: Page, email: string): Promise<void> {
  await page.getByLabel('Hospital e-mail').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signOn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await button(page).click();
  await prove(page, email);
}

function providerOf({ provider }: Stack): OpenidProvider {
  if (!provider) throw new Error('There is no sign-on before a portal that runs already.');
  return provider;
}

export function singleSignOn(stack: () => Stack): void {
  const journey = it.skipIf(runningDataDir !== null);

  journey('lets an account without a password in, list its sessions, end one and sign out', async () => {
    const acting = accountOf(stack().demo, 'admin');
    const admin = await stack().visitor();
    await signIn(admin.page, acting, '/admin/users');
    await addUser(admin.page, acting, INES, '');
    await admin.context.close();

    const [here, there] = [await stack().visitor(), await stack().visitor({ theme: 'dark' })];
    const { page } = here;
    await page.goto('/sign-in');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await signOn(page, INES.email.toUpperCase());
    await page.getByRole('table', { name: 'Cases' }).waitFor();
    await signOn(there.page, INES.email);
    await there.page.getByRole('table', { name: 'Cases' }).waitFor();

    await page.getByRole('button', { name: /Account:/ }).click();
    expect(await page.getByRole('menuitem', { name: 'Change password…' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Sessions' }).click();
    const row = page.getByRole('row', { name: /Example Hospital/ });
    await row.filter({ hasText: 'Now, here' }).waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await row.getByRole('button', { name: /^End the session begun/ }).press('Enter');
    await page.getByRole('heading', { name: 'You are signed in nowhere else' }).waitFor();
    expect(await row.count()).toBe(1);
    await there.page.getByRole('tab', { name: /Deferred/ }).click();
    await there.page.waitForURL('**/sign-in**');

    await page.getByRole('button', { name: /Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in**');
    expect([...here.faults, ...there.faults]).toEqual([]);
    for (const { context } of [here, there]) await context.close();
  });

  journey('asks for another sign-on before a signature, and takes it once', async () => {
    const { page, context, faults } = await stack().visitor();
    await signOn(page, INES.email);
    await page.getByRole('table', { name: 'Cases' }).waitFor();
    await page.goto('/admin/users');
    const dialog = page.getByRole('dialog');
    const ask = async () => {
      const { name } = accountOf(stack().demo, 'admin', 1);
      await page.getByRole('button', { name: `End the sessions of ${name}` }).click();
      await dialog.getByLabel('Reason').fill('Left a session open');
    };
    await ask();
    await dialog.getByRole('button', { name: 'End sessions' }).click();
    await dialog.getByRole('alert').getByText('Sign on again first').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign on again with Example Hospital' }).click();
    // Known there, and asked all the same.
    await prove(page, INES.email);
    await page.waitForURL('**/admin/users');
    await ask();
    await dialog.getByText('You have signed on with Example Hospital again.').waitFor();
    await dialog.getByRole('button', { name: 'End sessions' }).click();
    await page.getByText('is signed out everywhere').waitFor();
    await ask();
    await dialog.getByRole('button', { name: 'Sign on again with Example Hospital' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  journey('lets nobody in whom the portal does not know, or for whom the token does not speak', async () => {
    const provider = providerOf(stack());
    const { page, context } = await stack().visitor();
    await signOn(page, 'stranger@demo.example');
    const alert = page.getByRole('alert');
    await alert.getByText('no active account here has your e-mail address. Ask an admin').waitFor();
    const cases = [
      [{ email: INES.email, email_verified: false }, 'does not vouch for your e-mail address'],
      [{ email: INES.email, nonce: 'of another visit' }, 'was not completed'],
      [{ email: INES.email, iss: 'http://127.0.0.1:1' }, 'was not completed'],
      [{ email: INES.email, aud: 'another application' }, 'was not completed'],
    ] as const;
    for (const [forged, sentence] of cases) {
      provider.forged = forged;
      await page.goto('/sign-in');
      await button(page).click();
      await alert.getByText(sentence).waitFor();
    }
    provider.forged = {};
    await page.goto('/cases');
    await page.waitForURL('**/sign-in**');
    await context.close();
  });
}
