import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fieldFile } from '../steps.ts';
import { type AnsweredField, fieldsOf, submit } from './calls.ts';

/** What a drawn field looks like: cells of one stage on the slide of another, or of the same. */
export interface Look {
  readonly cells: MaturityStage;
  readonly slide: MaturityStage;
}

export const LOOKS: readonly Look[] = MATURITY_STAGES.flatMap((cells) =>
  MATURITY_STAGES.map((slide) => ({ cells, slide })),
);

/** A case of drawn fields in one look, to be submitted. */
export interface DrawnCase {
  readonly look: Look;
  readonly seeds: readonly number[];
}

/** A submitted case with what the model said of its fields. */
export interface AnsweredCase extends DrawnCase {
  readonly caseId: string;
  readonly pseudonym: string;
  readonly first: AnsweredField;
  readonly fields: readonly AnsweredField[];
}

/** `count` cases with `fields` fields each, no picture twice. */
export const drawnFrom = (
  look: Look,
  { seed, count, fields }: { seed: number; count: number; fields: number },
): DrawnCase[] =>
  Array.from({ length: count }, (_, i) => ({
    look,
    seeds: Array.from({ length: fields }, (_, n) => seed + i * fields + n),
  }));

/** Cases sent at once. */
const AT_ONCE = 6;

async function answersTo(page: Page, caseId: string): Promise<AnsweredField[]> {
  const answered = async () =>
    (await fieldsOf(page, caseId)).map(({ imageId, status, result }) => {
      if (!result) throw new Error(`A field is ${status}.`);
      return { imageId, result };
    });
  await expect.poll(answered, { timeout: 60_000, interval: 200 }).toBeDefined();
  return answered();
}

/** Submits cases and waits for every answer. */
export async function submitDrawn(
  page: Page,
  prefix: string,
  drawn: readonly DrawnCase[],
): Promise<AnsweredCase[]> {
  const sent: (DrawnCase & { caseId: string; pseudonym: string })[] = [];
  for (let at = 0; at < drawn.length; at += AT_ONCE) {
    const some = drawn.slice(at, at + AT_ONCE).map(async ({ look, seeds }) => {
      const pseudonym = `${prefix}-${seeds[0]}`;
      const files = await Promise.all(seeds.map((seed) => fieldFile(look.cells, seed, look.slide)));
      return { look, seeds, pseudonym, caseId: await submit(page, pseudonym, files) };
    });
    sent.push(...(await Promise.all(some)));
  }
  const cases: AnsweredCase[] = [];
  for (const each of sent) {
    const fields = await answersTo(page, each.caseId);
    const [first] = fields;
    if (first) cases.push({ ...each, first, fields });
  }
  return cases;
}
