import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Upload } from '../steps.ts';
import { type AnsweredField, fieldsOf, submit } from './calls.ts';
import { dropAndSubmit } from './form.ts';
import { type Look, pictureOf } from './looks.ts';

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
  await expect.poll(answered, { timeout: 500_000, interval: 200 }).toBeDefined();
  return answered();
}

type Send = (pseudonym: string, files: readonly Upload[]) => Promise<string>;

async function send(prefix: string, { look, seeds }: DrawnCase, how: Send) {
  const pseudonym = `${prefix}-${seeds[0]}`;
  const files = await Promise.all(seeds.map((seed) => pictureOf(look, seed)));
  return { look, seeds, pseudonym, caseId: await how(pseudonym, files) };
}

async function answered(page: Page, sent: Awaited<ReturnType<typeof send>>): Promise<AnsweredCase> {
  const fields = await answersTo(page, sent.caseId);
  const [first] = fields;
  if (!first) throw new Error('A case has no field.');
  return { ...sent, first, fields };
}

/** Submits cases as the portal's page would, and waits for every answer. */
export async function submitDrawn(
  page: Page,
  prefix: string,
  drawn: readonly DrawnCase[],
): Promise<AnsweredCase[]> {
  const sent: Awaited<ReturnType<typeof send>>[] = [];
  for (let at = 0; at < drawn.length; at += AT_ONCE) {
    const some = drawn.slice(at, at + AT_ONCE);
    const how: Send = (pseudonym, files) => submit(page, pseudonym, files);
    sent.push(...(await Promise.all(some.map((each) => send(prefix, each, how)))));
  }
  const cases: AnsweredCase[] = [];
  for (const each of sent) cases.push(await answered(page, each));
  return cases;
}

/** Submits one case through the form, its files dropped at once, and waits for every answer. */
export async function submitByForm(page: Page, prefix: string, drawn: DrawnCase): Promise<AnsweredCase> {
  const how: Send = (pseudonym, files) => dropAndSubmit(page, pseudonym, files);
  return answered(page, await send(prefix, drawn, how));
}
