import type { CorrectionInput } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
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
import {
  blindlyReadFields,
  blindSample,
  recordCorrection,
  type SeenResult,
  seenReadings,
  setBlindShare,
  storeAnalysis,
} from './index.ts';

const test = withTestDatabase();

let readers: UserActor[];
let senior: UserActor;
let admin: UserActor;
beforeAll(async () => {
  const { db } = test();
  await someModel(db);
  readers = [await someone(db, 'clinician'), await someone(db, 'clinician')];
  senior = await someone(db, 'senior');
  admin = await someone(db, 'admin');
});

const share = (value: number) =>
  setBlindShare(test().db, { actor: admin, share: value, reason: 'For the test.' });

async function analysedField(pseudonym: string): Promise<{ imageId: string; seen: SeenResult }> {
  const { db } = test();
  const { imageIds } = await someCase(db, { actor: admin, pseudonym });
  const [imageId = ''] = imageIds;
  const stored = await storeAnalysis(db, {
    imageId,
    analysis: someAnalysis({ stage: 'Early', probabilities: { Benign: 0, Early: 1, Pre: 0, Pro: 0 } }),
    maskSha256: digestOf('m'),
    durationMs: 1,
    decide,
  });
  if (stored.outcome === 'stale-model') throw new Error('The test model is not in service.');
  return { imageId, seen: { analysisId: stored.analysisId, decisionId: stored.decisionId } };
}

const read = (
  actor: UserActor | undefined,
  imageId: string,
  seen: SeenResult | null,
  stage: 'Early' | 'Pro',
  confirmedBy: CorrectionInput['confirmedBy'] = 'morphology',
) =>
  recordCorrection(test().db, {
    actor: actor ?? senior,
    auditKey: AUDIT_KEY,
    adjudicate: adjudicateForTests,
    imageId,
    seen,
    correction: {
      ...{ stage, certainty: 'sure', confirmedBy, comment: '' },
      // The AI says Early throughout.
      severity: seen && stage === 'Pro' ? 'minor' : 'none',
    },
  });

describe('what a blindly read field truly shows', () => {
  const actualOf = async (field: string) =>
    (await blindlyReadFields(test().db)).find(({ caseId }) => caseId === field)?.actual;
  const caseOf = async () => (await blindlyReadFields(test().db)).at(-1)?.caseId ?? '';

  it('is not what a reader comes round to on seeing the AI', async () => {
    await share(1);
    const { imageId, seen } = await analysedField('P-1');
    await read(readers[0], imageId, null, 'Pro');
    const field = await caseOf();
    await read(readers[1], imageId, null, 'Early');
    expect(await actualOf(field)).toBe('Pro');
    // The AI says Early: now both readers do.
    await read(readers[0], imageId, seen, 'Early');
    expect(await actualOf(field)).toBe('Pro');
    await read(senior, imageId, seen, 'Early');
    expect(await actualOf(field)).toBe('Early');
  });

  it('is what flow cytometry says', async () => {
    const { imageId, seen } = await analysedField('P-2');
    await read(readers[0], imageId, null, 'Pro');
    const field = await caseOf();
    await read(readers[0], imageId, seen, 'Early', 'flow-cytometry');
    expect(await actualOf(field)).toBe('Early');
  });

  it('rests on a sample that is counted', async () => {
    await analysedField('P-3');
    expect(await blindSample(test().db)).toEqual({ drawn: 3, read: 2 });
  });
});

it('overridden are answers that the first reader saw, demonstrations apart', async () => {
  await share(0);
  const { db } = test();
  const [seenFirst, unseenFirst, demo] = await Promise.all(['S-1', 'S-1', 'DEMO-001'].map(analysedField));
  if (!seenFirst || !unseenFirst || !demo) throw new Error('Three fields were made.');
  await read(readers[0], seenFirst.imageId, seenFirst.seen, 'Pro');
  await read(readers[1], seenFirst.imageId, seenFirst.seen, 'Early');
  await read(readers[0], unseenFirst.imageId, null, 'Early');
  await read(readers[1], unseenFirst.imageId, unseenFirst.seen, 'Pro');
  await read(readers[0], demo.imageId, demo.seen, 'Pro');
  expect((await seenReadings(db)).map(({ overridden }) => overridden)).toEqual([true]);
});
