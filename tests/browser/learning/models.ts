import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Account } from '../stack.ts';
import { textOf } from '../steps.ts';

const entry = (page: Page, digest: string) =>
  page
    .getByRole('navigation', { name: 'Models' })
    .getByRole('button')
    .filter({ hasText: digest.slice(0, 12) });

export async function openModel(page: Page, digest: string): Promise<void> {
  await page.goto('/admin/models');
  await entry(page, digest).click();
}

export const inService = (page: Page, digest: string) => entry(page, digest).getByText('champion').waitFor();

/** What the gate said last of the open model, with its reasons. */
export async function verdictOn(page: Page): Promise<string> {
  const region = page.getByRole('region', { name: 'Verdict' });
  await expect
    .poll(() => region.textContent(), { timeout: 500_000, interval: 200 })
    .not.toMatch(/being judged/);
  return textOf(region);
}

/** What was measured on the locked test set, by the name of its row. */
export async function figuresOn(page: Page): Promise<ReadonlyMap<string, string>> {
  const table = page.getByRole('table', { name: 'Locked test set: figures of the comparison' });
  const texts = await table.getByRole('cell').allTextContents();
  return new Map(texts.flatMap((text, i) => (i % 3 === 0 ? [[text, texts[i + 1] ?? '']] : [])));
}

/** What the plots of the verdict show, in words. */
export async function plotsOn(page: Page): Promise<(string | null)[]> {
  const plots = await page.getByRole('region', { name: 'Verdict' }).getByRole('img').all();
  return Promise.all(plots.map((plot) => plot.getAttribute('aria-label')));
}

/** Has a model judged on the locked test set of this name. */
export async function judge(page: Page, digest: string, set: RegExp): Promise<string> {
  await openModel(page, digest);
  await page.getByRole('button', { name: 'Judge…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Locked test set' }).click();
  await page.getByRole('option', { name: set }).click();
  await dialog.getByRole('button', { name: 'Judge', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  return verdictOn(page);
}

/** Sets by how many percentage points the gate lets missed leukemia rise. */
export async function setMargin(page: Page, points: number): Promise<void> {
  await page.getByRole('button', { name: 'Change margin…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Percentage points').fill(String(points));
  await dialog.getByLabel('Reason').fill('Agreed in the Monday round');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await page.getByText(`may rise by ${points.toFixed(2)} percentage points at most.`).waitFor();
}

export async function promote(page: Page, digest: string, { password }: Account): Promise<void> {
  await openModel(page, digest);
  await page.getByRole('button', { name: 'Promote…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Sees what readers saw');
  await dialog.getByLabel('Your password').fill(password);
  await dialog.getByRole('button', { name: 'Promote' }).click();
  await inService(page, digest);
}

export async function rollBack(page: Page, digest: string): Promise<void> {
  await openModel(page, digest);
  await page.getByRole('button', { name: 'Roll back to this model…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Misses more in practice');
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await inService(page, digest);
}
