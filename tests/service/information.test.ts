import { type Analysis, STUDY_COSTS, type StageVector, toStageRecord } from '@blastwise/contracts';
import { storeAnalysis, worklist, worklistQuerySchema } from '@blastwise/db';
import {
  decideForTests as decide,
  someAnalysis,
  someCase,
  someModel,
  someone,
  withTestDatabase,
} from '@blastwise/db/testing';
import { expectedCosts, informationOf } from '@blastwise/model/decision';
import { beforeAll, describe, expect, it } from 'vitest';

const FIELDS: readonly {
  readonly probabilities: StageVector;
  readonly score: number | null;
}[] = [
  { probabilities: [0.25, 0.25, 0.25, 0.25], score: 3 },
  { probabilities: [0, 0, 1, 0], score: null },
  { probabilities: [0.7, 0.3, 0, 0], score: 0 },
  { probabilities: [0.02, 0.9, 0.05, 0.03], score: 0.4 },
  { probabilities: [0.01, 0.01, 0.01, 0.97], score: 0.999 },
];

describe('the most informative first', () => {
  const test = withTestDatabase();
  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    const actor = await someone(db, 'clinician');
    for (const [i, { probabilities, score }] of FIELDS.entries()) {
      const { imageIds } = await someCase(db, { actor, pseudonym: `P-${i}` });
      const change: Partial<Analysis> = {
        probabilities: toStageRecord(probabilities),
        outOfDistribution: score === null ? null : { score, flag: score > 1 },
      };
      const input = { imageId: imageIds[0] ?? '', analysis: someAnalysis(change), decide };
      await storeAnalysis(db, { ...input, maskSha256: 'a'.repeat(64), durationMs: 1 });
    }
  });

  it('is in the worklist what the model package defines', async () => {
    const query = worklistQuerySchema.parse({ sort: 'information' });
    const { rows } = await worklist(test().db, query);
    const { referralCost } = STUDY_COSTS;
    const defined = FIELDS.map(({ probabilities, score: novelty }, i) => {
      const expectedCost = Math.min(...expectedCosts(probabilities, STUDY_COSTS));
      return { name: `P-${i}`, ...informationOf({ probabilities, expectedCost, referralCost, novelty }) };
    }).toSorted((a, b) => b.score - a.score);
    expect(rows.map(({ pseudonym }) => pseudonym)).toEqual(defined.map(({ name }) => name));
    for (const [i, { information }] of rows.entries())
      for (const part of ['score', 'spread', 'closeness', 'cost', 'novelty'] as const)
        expect(information?.[part]).toBeCloseTo(defined[i]?.[part] ?? Number.NaN, 9);
  });
});
