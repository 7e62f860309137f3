import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { DEMO_DIR, encodeJpeg } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import type { Cookie, Locator, Page } from 'playwright-core';
import { submit } from './learning/calls.ts';
import { type Account, accountOf, type Stack } from './stack.ts';

/** An element's text, without the white space around it. */
export const textOf = async (element: Locator): Promise<string> =>
  (await element.textContent())?.trim() ?? '';

export const isFocused = (element: Locator): Promise<boolean> =>
  element.evaluate((found) => found.matches(':focus'));

/** Types the sign-in and waits for the page behind it. */
export async function typeSignIn(page: Page, account: Account, path = '/cases'): Promise<void> {
  await page.goto(path);
  await page.waitForURL('**/sign-in**');
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${path}`);
}

/** Sessions that were begun by typing, by e-mail and password. */
const sessions = new Map<string, readonly Cookie[]>();

/** Opens a page as somebody: in the session that was begun before or, the first time, by typing the sign-in. */
export async function signIn(page: Page, account: Account, path = '/cases'): Promise<void> {
  const key = `${account.email} ${account.password}`;
  const session = sessions.get(key);
  if (session) {
    await page.context().addCookies([...session]);
    await page.goto(path);
    await page.waitForURL(`**${path}`);
  } else {
    await typeSignIn(page, account, path);
    sessions.set(key, await page.context().cookies());
  }
}

export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A generated field as a photograph's file; another seed gives another picture. Cells on a foreign slide are hard to tell. */
export async function fieldFile(
  stage: MaturityStage,
  seed: number,
  slide: MaturityStage = stage,
): Promise<Upload> {
  const jpeg = await encodeJpeg(generateField({ stage, seed, slide }).image, 75);
  return { name: `field-${seed}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(jpeg) };
}

/** A photographed field of the demo folder. */
export const photographFile = (name: string): Upload => ({
  name,
  mimeType: 'image/jpeg',
  buffer: readFileSync(join(DEMO_DIR, name)),
});

export const textFile: Upload = {
  name: 'letter.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('Dear colleague, this is no picture.'),
};

/** Submits files as one case through the form, which leads to its page; gives its path. */
export async function submitByForm(page: Page, pseudonym: string, files: readonly Upload[]): Promise<string> {
  await page.goto('/submit');
  await page.getByLabel('Choose fields').setInputFiles([...files]);
  await page.getByLabel('Patient pseudonym').fill(pseudonym);
  await page.getByRole('button', { name: /Submit case with/ }).click();
  await page.waitForURL('**/cases/*');
  return new URL(page.url()).pathname;
}

/** Submits files as one case, with the calls that the form makes, and opens its page; gives its path. */
export async function submitCase(page: Page, pseudonym: string, files: readonly Upload[]): Promise<string> {
  const path = `/cases/${await submit(page, pseudonym, files)}`;
  await page.goto(path);
  return path;
}

/** Waits until the model's result stands on a case's page. */
export async function waitForResult(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Calibrated probability of each stage' }).waitFor();
}

/** Reads the open field as key 1 to 5, surely and by eye; where it differs from the model, its error is minor. */
export async function readAs(page: Page, key: string): Promise<void> {
  const form = page.getByRole('region', { name: 'Your reading' });
  await page.keyboard.press(key);
  await form.getByRole('radio', { name: 'Sure', exact: true }).click();
  const severity = form.getByRole('radio', { name: 'Minor' });
  if (await severity.isEnabled()) await severity.click();
  await page.keyboard.press('Control+Enter');
}

/** The four probabilities as the page shows them, in percent. */
export async function shownProbabilities(page: Page): Promise<number[]> {
  const table = page.getByRole('table', { name: 'Calibrated probability of each stage' });
  const cells = await Promise.all(
    MATURITY_STAGES.map((stage) => textOf(table.getByRole('row', { name: stage }).getByRole('cell').last())),
  );
  return cells.map((text) => Number(text.replace(/[<>%\s]/g, '')));
}

/** The decision in its one line: a stage, "Deferred" or "Not assessable". */
export const shownDecision = (page: Page): Promise<string> => textOf(page.getByTestId('decision'));

/** Sets the share of cases that go to blind review, percent, as an admin does. */
export async function setBlindShare(stack: Stack, share: number): Promise<void> {
  const { page, context } = await stack.visitor();
  await signIn(page, accountOf(stack.demo, 'admin'), '/admin/progress');
  await page.getByRole('button', { name: 'Change share…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Share, %').fill(String(share));
  await dialog.getByLabel('Reason').fill('For this journey');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await page.getByText(`${share} % of new cases are reviewed blind`).waitFor();
  await context.close();
}

/** An admin asks for an account with a first password. */
export async function askForUser(admin: Page, acting: Account, first: Account): Promise<void> {
  await admin.getByRole('button', { name: 'Add a user' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill(first.name);
  await dialog.getByLabel('E-mail').fill(first.email);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await admin.getByRole('option', { name: new RegExp(`^${first.role}`, 'i') }).click();
  await dialog.getByLabel('First password').fill(first.password);
  await dialog.getByLabel('Reason').fill('Joins the team today');
  await dialog.getByLabel('Your password').fill(acting.password);
  await dialog.getByRole('button', { name: 'Add' }).click();
}

/**
 * An admin adds somebody and hands them a first password, or none to who signs on at the hospital; the admin's page stays
 * open for what comes next.
 */
export async function addUser(
  admin: Page,
  acting: Account,
  account: Account,
  password = 'chosen by the admin',
): Promise<Account> {
  const first = { ...account, password };
  await askForUser(admin, acting, first);
  await admin.getByRole('cell', { name: account.email }).waitFor();
  return first;
}

/** Signs in with a first password and puts an own one in its place. */
export async function signInFirst(page: Page, first: Account, account: Account): Promise<void> {
  await typeSignIn(page, first);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  await page.getByLabel('Current password').fill(first.password);
  await page.getByLabel('New password').fill(account.password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('table', { name: 'Cases' }).waitFor();
}

/** A senior of the journey's own: the demo has none. */
export async function newSenior(stack: Stack): Promise<Account> {
  const acting = accountOf(stack.demo, 'admin');
  const account: Account = {
    email: 'sofia.lind@demo.example',
    password: 'a password of the journeys',
    name: 'Dr Sofia Lind',
    role: 'senior',
  };
  const [admin, senior] = [await stack.visitor(), await stack.visitor()];
  await signIn(admin.page, acting, '/admin/users');
  await signInFirst(senior.page, await addUser(admin.page, acting, account), account);
  for (const { context } of [admin, senior]) await context.close();
  return account;
}
