import type { Page } from 'playwright-core';
import { waitForResult } from '../steps.ts';
import { calledOf, errorOf, harmOf, runnerUp } from './answers.ts';
import { settle } from './calls.ts';
import type { AnsweredCase } from './cases.ts';
import type { Shift } from './shift.ts';

/** Who reads what: each case by one of the readers, in turn. */
export interface Plan {
  readonly shift: Shift;
  /** A case of another look whose fields are corrected as well, so that errors are judged. */
  readonly corrected: AnsweredCase | undefined;
}

/** What the experts say of each field: the shift's truth in its look, else what the model said. */
export function readingsOf(cases: readonly AnsweredCase[], { shift, corrected }: Plan) {
  return cases.flatMap((each) =>
    each.fields.map((field) => {
      const own = each === corrected ? runnerUp(field.result) : calledOf(field.result);
      const stage = each.look === shift.look ? shift.truth : own;
      return { caseId: each.caseId, field, stage, error: errorOf(field.result, stage) };
    }),
  );
}
export type Reading = ReturnType<typeof readingsOf>[number];

/** Gives the readings of one reader. */
export async function settleAll(page: Page, readings: readonly Reading[]): Promise<void> {
  for (const { field, stage, error } of readings)
    await settle(page, field, { stage, severity: error ? harmOf(error) : 'none' });
}

export async function open(page: Page, { caseId }: AnsweredCase): Promise<void> {
  await page.goto(`/cases/${caseId}`);
  await waitForResult(page);
}

/** Waits until what is held true of the open field reads so. */
export const standing = (page: Page, words: string) =>
  page.getByTestId('adjudication').getByText(words, { exact: true }).waitFor();
