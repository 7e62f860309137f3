import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { signIn, typeSignIn } from './steps.ts';

export function accounts(stack: () => Stack): void {
  it('refuses a wrong password in one sentence', async () => {
    const { page, context } = await stack().visitor();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(accountOf(stack().demo, 'clinician').email);
    await page.getByLabel('Password').fill('certainly not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This e-mail and password do not match.').waitFor();
    await context.close();
  });

  it('leads back to the page that asked for the sign-in', async () => {
    const { page, context } = await stack().visitor();
    await typeSignIn(page, accountOf(stack().demo, 'admin'), '/admin/audit');
    await page.getByRole('heading', { name: 'Audit trail' }).waitFor();
    await context.close();
  });

  it('shows admins what admins do, and clinicians why it is not theirs', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    expect(await page.getByRole('navigation', { name: 'Main' }).getByText('Costs').count()).toBe(0);
    await page.goto('/admin/costs');
    await page.getByRole('heading', { name: 'For admins' }).waitFor();
    await context.close();
  });

  it('signs out for good: a kept cookie opens nothing', async () => {
    const { page, context } = await stack().visitor();
    await typeSignIn(page, accountOf(stack().demo, 'clinician'));
    const kept = await context.cookies();
    await page.getByRole('button', { name: /Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in**');
    await context.addCookies(kept);
    await page.goto('/cases');
    await page.waitForURL('**/sign-in**');
    await context.close();
  });

  it('says when a session has ended under way, and comes back afterwards', async () => {
    const { page, context } = await stack().visitor();
    const account = accountOf(stack().demo, 'clinician');
    await typeSignIn(page, account);
    await context.clearCookies();
    // A live update may tell the page before the click does: either way it must lead to the sign-in.
    const click = page.getByRole('tab', { name: /Deferred/ }).click();
    await Promise.race([click, page.waitForURL('**/sign-in**')]);
    await page.getByText('Your session has ended. Sign in to go on where you were.').waitFor();
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password').fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/cases');
    await context.close();
  });

  it('remembers the theme that was chosen', async () => {
    const { page, context } = await stack().visitor({ theme: 'light' });
    await signIn(page, accountOf(stack().demo, 'clinician'));
    await page.getByRole('button', { name: /Account:/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(await page.locator('html').getAttribute('class')).toContain('dark');
    await page.reload();
    expect(await page.locator('html').getAttribute('class')).toContain('dark');
    await context.close();
  });
}
