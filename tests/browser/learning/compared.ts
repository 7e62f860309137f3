import type { Page } from 'playwright-core';

/** A field of the comparison of two models as the page shows it. */
export interface ComparedRow {
  readonly differs: boolean;
  readonly truth: string;
  /** Of the first model's answer and of the second's. */
  readonly costs: readonly [number, number];
}

/** Picture, field, truth, two answers, two costs. */
const COLUMNS = 7;

/** The fields on which both models were judged, in the order of the page. */
export async function comparedRows(page: Page): Promise<ComparedRow[]> {
  const table = page.getByRole('table', { name: 'Fields on which both models were judged' });
  await table.waitFor();
  const texts = await table.getByRole('cell').allTextContents();
  return Array.from({ length: texts.length / COLUMNS }, (_, i) => {
    const [, field = '', truth = '', , , firstCost, secondCost] = texts.slice(i * COLUMNS);
    return {
      differs: field.endsWith('differs'),
      truth,
      costs: [Number(firstCost), Number(secondCost)] as const,
    };
  });
}
