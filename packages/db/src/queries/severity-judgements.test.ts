import type { CorrectionInput, CostMatrix, Role } from '@blastwise/contracts';
import { STUDY_COSTS } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  AUDIT_KEY,
  adjudicateForTests as adjudicate,
  decideForTests as decide,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { recordCorrection, type SeenResult } from './corrections.ts';
import { foundingCosts } from './cost-matrices.ts';
import { activateCosts, draftCosts, proposeCosts } from './costs.ts';
import type { Decide } from './decide.ts';
import { severityJudgements } from './severity-judgements.ts';

const READING: CorrectionInput = {
  stage: 'Pre',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'serious',
  comment: '',
};
const ROLES: readonly Role[] = ['clinician', 'clinician', 'senior'];
const NONE = {
  'settled-not-assessable': 0,
  'not-assessable': 0,
  'other-stage': 0,
  'no-result': 0,
  deferred: 0,
  'no-answer': 0,
};

describe('judgements of severity', () => {
  const test = withTestDatabase();
  let readers: UserActor[];

  beforeAll(async () => {
    await someModel(test().db);
    readers = await Promise.all(ROLES.map((role) => someone(test().db, role)));
  });
  const reader = (n: number): UserActor => {
    const found = readers[n];
    if (!found) throw new Error(`There is no reader ${n}.`);
    return found;
  };

  const field = async () => {
    const { imageIds } = await someCase(test().db, { actor: reader(0) });
    return imageIds[0] ?? '';
  };
  /** What a reader saw: Benign at 0.9, which the study's costs call Benign, unless decided otherwise. */
  const analysed = async (imageId: string, change: Partial<ReturnType<Decide>> = {}): Promise<SeenResult> => {
    const stored = await storeAnalysis(test().db, {
      imageId,
      analysis: someAnalysis({ probabilities: { Benign: 0.9, Early: 0.1, Pre: 0, Pro: 0 } }),
      maskSha256: digestOf('mask'),
      durationMs: 1,
      decide: (analysis, costs) => ({ ...decide(analysis, costs), ...change }),
    });
    if (stored.outcome === 'stale-model') throw new Error('The model of the tests is not in service.');
    return stored;
  };
  const read = (imageId: string, n: number, seen: SeenResult | null, change: Partial<CorrectionInput> = {}) =>
    recordCorrection(test().db, {
      actor: reader(n),
      auditKey: AUDIT_KEY,
      adjudicate,
      imageId,
      seen,
      correction: { ...READING, ...change },
    });

  /** What one more field adds to the evidence. */
  const added = async (make: () => Promise<string>) => {
    const before = await severityJudgements(test().db);
    const imageId = await make();
    const after = await severityJudgements(test().db);
    const leftOut = Object.fromEntries(
      Object.entries(after.leftOut).map(([why, n]) => [
        why,
        n - before.leftOut[why as keyof typeof before.leftOut],
      ]),
    );
    return { judgements: after.judgements.filter((j) => j.imageId === imageId), leftOut };
  };

  it('takes the latest reading of each reader who saw the error and says what is held true', async () => {
    const { judgements, leftOut } = await added(async () => {
      const imageId = await field();
      const seen = await analysed(imageId);
      await read(imageId, 0, seen, { severity: 'minor' });
      await read(imageId, 0, seen, { severity: 'moderate', certainty: 'probable' });
      await read(imageId, 1, seen, { stage: 'Pro' });
      await read(imageId, 2, seen, { confirmedBy: 'cytochemistry' });
      return imageId;
    });
    const cell = { actual: 'Pre', predicted: 'Benign' };
    expect(judgements).toHaveLength(2);
    expect(judgements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...cell, severity: 'moderate', certainty: 'probable' }),
        expect.objectContaining({ ...cell, severity: 'serious', confirmedBy: 'cytochemistry' }),
      ]),
    );
    expect(leftOut).toEqual({ ...NONE, 'other-stage': 1 });
  });

  it('keeps readings that agree with the decision: what they say is for the statistics', async () => {
    const { judgements } = await added(async () => {
      const imageId = await field();
      const seen = await analysed(imageId);
      await read(imageId, 2, seen, { stage: 'Benign', severity: 'none' });
      return imageId;
    });
    expect(judgements).toMatchObject([{ actual: 'Benign', predicted: 'Benign', severity: 'none' }]);
  });

  it.each<[string, Partial<ReturnType<Decide>> | null, string]>([
    ['no result', null, 'no-result'],
    ['a deferred field', { defer: true }, 'deferred'],
    ['a field that was not assessable', { stage: null }, 'no-answer'],
  ])('leaves out a reader who was shown %s', async (_, decision, why) => {
    const { judgements, leftOut } = await added(async () => {
      const imageId = await field();
      await read(imageId, 2, decision ? await analysed(imageId, decision) : null, { severity: 'none' });
      return imageId;
    });
    expect(judgements).toEqual([]);
    expect(leftOut).toEqual({ ...NONE, [why]: 1 });
  });

  it('leaves out who could not assess a field that others settled', async () => {
    const { leftOut } = await added(async () => {
      const imageId = await field();
      const seen = await analysed(imageId);
      await read(imageId, 0, seen, { stage: null });
      await read(imageId, 2, seen);
      return imageId;
    });
    expect(leftOut).toEqual({ ...NONE, 'not-assessable': 1 });
  });

  it('hears nobody on fields that are open or disputed, and counts those settled as not assessable', async () => {
    const nothing = { judgements: [], leftOut: NONE };
    const say = (words: [number, Partial<CorrectionInput>][]) => async () => {
      const imageId = await field();
      const seen = await analysed(imageId);
      for (const [n, change] of words) await read(imageId, n, seen, change);
      return imageId;
    };
    expect(await added(say([[0, {}]]))).toEqual(nothing);
    expect(
      await added(
        say([
          [0, {}],
          [1, { stage: 'Pro' }],
        ]),
      ),
    ).toEqual(nothing);
    expect(
      await added(
        say([
          [0, {}],
          [2, { stage: null }],
        ]),
      ),
    ).toEqual({ judgements: [], leftOut: { ...NONE, 'settled-not-assessable': 2 } });
  });

  it('goes by the decision that was seen, whatever is in force later; the founding matrix stays version 1', async () => {
    const { db } = test();
    const [proposer, approver] = [await someone(db, 'admin'), await someone(db, 'admin')];
    const costs: CostMatrix = {
      ...STUDY_COSTS,
      matrix: [[0, 1, 20, 30], [90, 0, 15, 25], STUDY_COSTS.matrix[2], STUDY_COSTS.matrix[3]],
    };
    const reason = 'Agreed.';
    const { judgements } = await added(async () => {
      const imageId = await field();
      // The network's likeliest stage is Benign; the reader was shown the decision.
      await read(imageId, 2, await analysed(imageId, { stage: 'Early' }));
      const { id } = await draftCosts(db, { actor: proposer, name: 'Dearer', costs });
      await proposeCosts(db, { actor: proposer, id, reason });
      await activateCosts(db, { actor: approver, id, reason, decide });
      return imageId;
    });
    expect(judgements).toMatchObject([{ actual: 'Pre', predicted: 'Early' }]);
    expect(await foundingCosts(db)).toMatchObject({ version: 1, status: 'retired', costs: STUDY_COSTS });
  });
});
