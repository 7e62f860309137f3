import { MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { askChoice } from '@blastwise/model/costs';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violationsInBothThemes } from './accessibility.ts';
import { fieldsOf, submit } from './learning/calls.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, signIn, waitForResult } from './steps.ts';

const SEEDS = [2000, 2001, 2002];
/** Cells on slides of every stage. Which of them a model is in doubt about is known when it has answered. */
const DRAWN = MATURITY_STAGES.flatMap((cells) =>
  MATURITY_STAGES.flatMap((slide) => SEEDS.map((seed) => [cells, seed, slide] as const)),
);
/** Fields of a case. */
const TOGETHER = 24;

/** Reads the open field as Pre, surely and by eye. */
async function read(page: Page, form: Locator): Promise<void> {
  await page.keyboard.press('3');
  await form.getByRole('radio', { name: 'Sure', exact: true }).click();
  const severity = form.getByRole('radio', { name: 'Minor' });
  if (await severity.isEnabled()) await severity.click();
  await page.keyboard.press('Control+Enter');
  await form.getByText('Latest reading').waitFor();
}

interface Doubted {
  readonly caseId: string;
  readonly position: number;
  readonly count: number;
}

/** A field that asks when it has been read, among drawn ones, under the founding costs. */
async function findDoubt(page: Page): Promise<Doubted> {
  const { referralCost } = STUDY_COSTS;
  for (let first = 0; first < DRAWN.length; first += TOGETHER) {
    const some = DRAWN.slice(first, first + TOGETHER).map(([stage, seed, slide]) =>
      fieldFile(stage, seed, slide),
    );
    const caseId = await submit(page, `DOUBT-${1 + first / TOGETHER}`, await Promise.all(some));
    const results = async () => (await fieldsOf(page, caseId)).flatMap(({ result }) => result ?? []);
    await expect.poll(async () => (await results()).length, { timeout: 60_000 }).toBe(some.length);
    const position = (await results()).findIndex(({ analysis, decision }) =>
      askChoice({ ...decision, referralCost, probabilities: analysis.probabilities }),
    );
    if (position >= 0) return { caseId, position, count: some.length };
  }
  throw new Error('The model is in doubt about none of the drawn fields.');
}

async function openField(page: Page, { caseId, position, count }: Doubted): Promise<void> {
  await page.goto(`/cases/${caseId}`);
  for (let at = 0; ; at++) {
    await page.getByRole('application', { name: `Field ${at + 1} of ${count}` }).waitFor();
    if (at === position) break;
    await page.keyboard.press(']');
  }
  await waitForResult(page);
}

export function choices(stack: () => Stack): void {
  it('asks which error a reader would rather risk, and shows an admin what that says of costs', async () => {
    const { demo } = stack();
    const reader = await stack().visitor();
    const { page } = reader;
    await signIn(page, accountOf(demo, 'clinician'));
    await openField(page, await findDoubt(page));
    const form = page.getByRole('region', { name: 'Your reading' });
    const question = form.getByText('Which error would you rather risk?');
    expect(await question.count()).toBe(0);
    await read(page, form);
    await question.waitFor();
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
    expect(await violationsInBothThemes(page)).toEqual([]);

    const admin = await stack().visitor();
    await signIn(admin.page, accountOf(demo, 'admin'), '/admin/costs');
    await admin.page.getByRole('button', { name: 'From readers’ judgements' }).click();
    await admin.page.getByText('1 choice by 1 reader.').waitFor();
    const cell = admin.page.getByRole('cell').filter({ hasText: 'choices say' }).first();
    expect(await violationsInBothThemes(admin.page)).toEqual([]);
    await cell.getByRole('button', { name: /^Take from choices/ }).click();
    await admin.page.getByRole('button', { name: 'Use as draft' }).click();
    expect(await admin.page.getByLabel('Reason').inputValue()).toMatch(
      /with 1 cost taken from 1 choice under doubt\.$/,
    );
    await admin.page.getByText(/costs? differs? from the version in force/).waitFor();
    expect([...reader.faults, ...admin.faults]).toEqual([]);
    for (const { context } of [reader, admin]) await context.close();
  });
}
