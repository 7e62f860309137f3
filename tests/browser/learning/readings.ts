import { MATURITY_STAGES } from '@blastwise/contracts';
import type { Page } from 'playwright-core';
import { waitForResult } from '../steps.ts';
import { errorOf, harmOf } from './answers.ts';
import { settle } from './calls.ts';
import type { AnsweredCase } from './cases.ts';

/** What the experts say of each field: the stage that was drawn. */
export const readingsOf = (cases: readonly AnsweredCase[]) =>
  cases.flatMap(({ caseId, look: { cells: stage }, fields }) =>
    fields.map((field, position) => {
      const error = errorOf(field.result, stage);
      return { caseId, position, field, stage, error, severity: error ? harmOf(error) : 'none' } as const;
    }),
  );
export type Reading = ReturnType<typeof readingsOf>[number];

/** Gives readings as the portal's page would. */
export async function settleAll(page: Page, readings: readonly Reading[]): Promise<void> {
  for (const { field, stage, severity } of readings) await settle(page, field, { stage, severity });
}

/** Gives the readings of one case through the form: surely, and confirmed by flow cytometry. */
export async function settleByForm(page: Page, readings: readonly Reading[]): Promise<void> {
  const form = page.getByRole('region', { name: 'Your reading' });
  for (const { caseId, position, stage, error, severity } of readings) {
    if (position === 0) await open(page, { caseId });
    else await page.keyboard.press(']');
    await page.getByRole('application', { name: `Field ${position + 1} of` }).waitFor();
    await page.keyboard.press(`${MATURITY_STAGES.indexOf(stage) + 1}`);
    await form.getByRole('radio', { name: 'Sure', exact: true }).click();
    await form.getByRole('combobox', { name: 'Confirmed by' }).click();
    await page.getByRole('option', { name: /^Flow cytometry/ }).click();
    if (error) await form.getByRole('radio', { name: severity }).click();
    await form.getByRole('button', { name: 'Record reading' }).click();
    await form.getByText('Latest reading').waitFor();
  }
}

export async function open(page: Page, { caseId }: Pick<AnsweredCase, 'caseId'>): Promise<void> {
  await page.goto(`/cases/${caseId}`);
  await waitForResult(page);
}

/** Waits until what is held true of the open field reads so. */
export const standing = (page: Page, words: string) =>
  page.getByTestId('adjudication').getByText(words, { exact: true }).waitFor();
