import type { CorrectionInput, Reception } from '@blastwise/contracts';
import { beforeAll, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests as decide,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { receivedFields, recordCorrection, type SeenResult, storeAnalysis } from './index.ts';

const test = withTestDatabase();

let readers: [UserActor, UserActor];
let fields = 0;
beforeAll(async () => {
  const { db } = test();
  await someModel(db);
  readers = [await someone(db, 'clinician'), await someone(db, 'clinician')];
});

/** A field that the AI calls Early, or defers. */
async function analysed(torn: boolean): Promise<{ imageId: string; seen: SeenResult }> {
  const { db } = test();
  fields += 1;
  const { imageIds } = await someCase(db, { actor: readers[0], pseudonym: `R-${fields}` });
  const [imageId = ''] = imageIds;
  const probabilities = { Benign: torn ? 0.5 : 0, Early: torn ? 0.5 : 1, Pre: 0, Pro: 0 };
  const analysis = someAnalysis({ stage: 'Early', probabilities });
  const input = { imageId, analysis, maskSha256: digestOf('m'), durationMs: 1, decide };
  const stored = await storeAnalysis(db, input);
  if (stored.outcome === 'stale-model') throw new Error('The test model is not in service.');
  return { imageId, seen: { analysisId: stored.analysisId, decisionId: stored.decisionId } };
}

type Said = Pick<CorrectionInput, 'stage' | 'severity'> & { readonly unseen?: boolean };

/** What one reader after the other says of a field, and how its answer counts as received then. */
async function after(readings: readonly Said[], torn = false) {
  const { imageId, seen } = await analysed(torn);
  for (const [i, { unseen = false, ...said }] of readings.entries())
    await recordCorrection(test().db, {
      ...{
        actor: readers[i % 2] ?? readers[0],
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
      },
      seen: unseen ? null : seen,
      correction: { ...said, certainty: 'sure', confirmedBy: 'morphology', comment: '' },
    });
  const found = (await receivedFields(test().db)).find((field) => field.imageId === imageId);
  return found && ([found.reception, found.isSettled] as const);
}

const agrees: Said = { stage: 'Early', severity: 'none' };
const overrides: Said = { stage: 'Pro', severity: 'serious' };
const blind: Said = { stage: 'Pro', severity: 'none', unseen: true };
const cannot: Said = { stage: null, severity: 'none' };

it.each<[string, Said[], Reception, boolean]>([
  ['unread', [], 'unopposed', false],
  ['agreed with', [agrees], 'unopposed', false],
  ['agreed with by two', [agrees, agrees], 'unopposed', true],
  ['agreed with at first', [agrees, overrides], 'unopposed', false],
  ['overridden', [overrides], 'overridden serious', false],
  [
    'overridden by two, as the first judged it',
    [{ ...overrides, severity: 'minor' }, overrides],
    'overridden minor',
    true,
  ],
  ['read without the AI first', [blind], 'unseen', false],
  ['read without the AI by two', [blind, blind], 'unseen', true],
])('a field that was %s', async (_, readings, reception, isSettled) => {
  expect(await after(readings)).toEqual([reception, isSettled]);
});

it('a field that was deferred', async () => {
  expect(await after([], true)).toEqual(['deferred', false]);
  const pro: Said = { stage: 'Pro', severity: 'none' };
  expect(await after([pro, pro], true)).toEqual(['deferred', true]);
});

it('was not seen where it was read before the AI had a result', async () => {
  const { imageIds } = await someCase(test().db, { actor: readers[0], pseudonym: 'R-0' });
  const [imageId = ''] = imageIds;
  await recordCorrection(test().db, {
    ...{ actor: readers[0], auditKey: AUDIT_KEY, adjudicate: adjudicateForTests, imageId, seen: null },
    correction: { stage: 'Pro', severity: 'none', certainty: 'sure', confirmedBy: 'genetics', comment: '' },
  });
  const all = await receivedFields(test().db);
  const reception: Reception = 'unseen';
  expect(all.find((field) => field.imageId === imageId)).toMatchObject({ reception, isSettled: true });
});

it('is no test where it is not assessable, or neither analysed nor read', async () => {
  expect(await after([cannot])).toBeUndefined();
  expect(await after([cannot, cannot])).toBeUndefined();
  const { imageIds } = await someCase(test().db, { actor: readers[0], pseudonym: 'R-0' });
  const all = await receivedFields(test().db);
  expect(all.some(({ imageId }) => imageId === imageIds[0])).toBe(false);
});
