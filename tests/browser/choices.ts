import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled, violations } from './accessibility.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, signIn, submitCase, waitForResult } from './steps.ts';

/** Cells on foreign slides, between two stages to most models; which of them is close to the referral cost is not known here. */
const TORN = [
  ['Early', 2005, 'Pre'],
  ['Pre', 2006, 'Pre'],
  ['Early', 2000, 'Pro'],
  ['Pre', 2001, 'Benign'],
  ['Early', 2000, 'Benign'],
] as const;

/** Reads the open field as Pre, surely and by eye. */
async function read(page: Page, form: Locator): Promise<void> {
  await page.keyboard.press('3');
  await form.getByRole('radio', { name: 'Sure', exact: true }).click();
  const severity = form.getByRole('radio', { name: 'Minor' });
  if (await severity.isEnabled()) await severity.click();
  await page.keyboard.press('Control+Enter');
  await form.getByText('Latest reading').waitFor();
}

/** Reads field after field until one asks. */
async function readUntilAsked(page: Page, form: Locator): Promise<boolean> {
  const question = form.getByText('Which error would you rather risk?');
  for (const position of TORN.keys()) {
    await page.getByRole('application', { name: `Field ${position + 1} of ${TORN.length}` }).waitFor();
    await waitForResult(page);
    expect(await question.count()).toBe(0);
    await read(page, form);
    if ((await question.count()) > 0) return true;
    await page.keyboard.press(']');
  }
  return false;
}

async function withoutViolations(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    expect(await violations(page)).toEqual([]);
  }
}

export function choices(stack: () => Stack): void {
  it('asks which error a reader would rather risk, and shows an admin what that says of costs', async () => {
    const { demo } = stack();
    const reader = await stack().visitor();
    const { page } = reader;
    await signIn(page, accountOf(demo, 'clinician'));
    const files = await Promise.all(TORN.map(([stage, seed, slide]) => fieldFile(stage, seed, slide)));
    await submitCase(page, 'DOUBT-1', files);
    const form = page.getByRole('region', { name: 'Your reading' });
    expect(await readUntilAsked(page, form)).toBe(true);
    await form.getByText(/^To the model this field is .+ % .+ and .+ %/).waitFor();

    const answers = form.getByRole('group', { name: 'Which error would you rather risk?' });
    const chosen = answers.getByRole('button', { pressed: true });
    await form.getByRole('button', { name: 'Skip' }).click();
    await answers.waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Answer' }).click();
    await page.keyboard.press('q');
    await page.keyboard.press('Enter');
    await chosen.getByText(/^Call a truly/).waitFor();
    await form.getByRole('button', { name: 'Take back' }).click();
    await chosen.waitFor({ state: 'detached' });
    await answers.getByRole('button', { name: 'No preference' }).click();
    await chosen.getByText('No preference').waitFor();
    await answers.getByRole('button').first().click();
    await chosen.getByText(/^Call a truly/).waitFor();
    expect(await chosen.count()).toBe(1);
    await withoutViolations(page);

    const admin = await stack().visitor();
    await signIn(admin.page, accountOf(demo, 'admin'), '/admin/costs');
    await admin.page.getByRole('button', { name: 'From readers’ judgements' }).click();
    await admin.page.getByText('1 choice by 1 reader.').waitFor();
    const cell = admin.page.getByRole('cell').filter({ hasText: 'choices say' }).first();
    await withoutViolations(admin.page);
    await cell.getByRole('button', { name: /^Take from choices/ }).click();
    await admin.page.getByRole('button', { name: 'Use as draft' }).click();
    expect(await admin.page.getByLabel('Reason').inputValue()).toMatch(
      /with 1 cost taken from 1 choice under doubt\.$/,
    );
    await admin.page.getByText(/costs? differs? from the version in force/).waitFor();
    expect([...reader.faults, ...admin.faults]).toEqual([]);
    for (const { context } of [reader, admin]) await context.close();
  }, 120_000);
}
