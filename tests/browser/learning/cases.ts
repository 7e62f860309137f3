import { isMalignant, MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fieldFile } from '../steps.ts';
import { cheapest, fieldsOf, type Result, submit } from './calls.ts';

interface AnsweredField {
  readonly imageId: string;
  readonly result: Result;
}

/** A case of drawn fields in one look, to be submitted. */
export interface DrawnCase {
  /** The stage whose look it is. */
  readonly look: MaturityStage;
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
  look: MaturityStage,
  { seed, count, fields = 1 }: { seed: number; count: number; fields?: number },
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
      const files = await Promise.all(seeds.map((seed) => fieldFile(look, seed)));
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

/** How many fields of the cases the model's probabilities make cheapest as `stage`. */
export const calledAs = (stage: MaturityStage, cases: readonly AnsweredCase[]): number =>
  cases.flatMap(({ fields }) => fields).filter(({ result }) => cheapest(result) === stage).length;

/** The malignant stage that the model thinks likeliest over all fields: what it can learn from few of them. */
export function nearestMalignant(cases: readonly AnsweredCase[]): MaturityStage {
  const likely = (stage: MaturityStage): number =>
    cases
      .flatMap(({ fields }) => fields)
      .reduce((sum, { result }) => sum + result.analysis.probabilities[stage], 0);
  const [nearest] = MATURITY_STAGES.filter(isMalignant).toSorted((a, b) => likely(b) - likely(a));
  return nearest ?? 'Early';
}

/** Which models answered. */
export const modelsOf = (cases: readonly AnsweredCase[]): string[] => [
  ...new Set(cases.flatMap(({ fields }) => fields.map(({ result }) => result.analysis.versions.modelDigest))),
];
