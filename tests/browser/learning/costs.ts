import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Account } from '../stack.ts';
import { type Cell, studyCost } from './answers.ts';
import type { ShownDecision } from './calls.ts';

export const ABOVE_REFERRAL = 'expected-cost-above-referral';

/** Dearer than any answer can be. */
const NEVER_REFER = '1000';

/** Whether another cost of a second reading changes the outcome: nothing but that cost refers the field, or nothing does. */
export const canTurn = ({ stage, reasons }: ShownDecision): boolean =>
  stage !== null && reasons.every((reason) => reason === ABOVE_REFERRAL);

/** A cost of a second reading that refers a field where it is not what refers it now, and the reverse. */
export const turningReferral = ({ reasons }: ShownDecision): string =>
  reasons.includes(ABOVE_REFERRAL) ? NEVER_REFER : '0';

/** Opens a draft of costs that the judged errors move. */
export async function startDraft(page: Page, errors: readonly Cell[]): Promise<void> {
  expect(errors.length).toBeGreaterThan(0);
  await page.goto('/admin/costs');
  await page.getByRole('button', { name: 'From readers’ judgements' }).click();
  await page.getByText(/judgements? on \d+ fields? counts?\.$/).waitFor();
  await page.getByRole('button', { name: 'Use as draft' }).click();
  for (const error of errors) {
    const cost = page.getByLabel(`Cost when truly ${error.actual}, called ${error.predicted}`);
    expect(Number(await cost.inputValue())).not.toBe(studyCost(error));
  }
}

/** The admin who did not propose puts the version in force. */
export async function activate(page: Page, { password }: Account): Promise<void> {
  await page.goto('/admin/costs');
  await page.getByRole('button', { name: 'Activate…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Agreed in the Monday round');
  await dialog.getByLabel('Your password').fill(password);
  await dialog.getByRole('button', { name: 'Activate' }).click();
  await page.getByText(/^Version \d+ is in force$/).waitFor();
}
