import { canonicalCosts, costsDigest, DomainError, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { parseCosts } from './costs.ts';

describe('parseCosts', () => {
  it('reads what canonicalCosts writes', () => {
    expect(parseCosts(canonicalCosts(STUDY_COSTS))).toEqual(STUDY_COSTS);
  });

  const withMatrix = (matrix: unknown) => JSON.stringify({ ...STUDY_COSTS, matrix });
  it.each([
    ['no JSON', '{', /not valid JSON/],
    ['negative', withMatrix([[0, -1, 1, 1], ...STUDY_COSTS.matrix.slice(1)]), /negative/],
    ['missing cell', withMatrix([[0, 1, 1], ...STUDY_COSTS.matrix.slice(1)]), /four costs/],
    ['missing row', withMatrix(STUDY_COSTS.matrix.slice(1)), /four rows/],
    ['costly diagonal', withMatrix([[1, 10, 20, 30], ...STUDY_COSTS.matrix.slice(1)]), /diagonal/],
    ['other order', JSON.stringify({ ...STUDY_COSTS, stages: ['Pro', 'Pre', 'Early', 'Benign'] }), /stages/],
    ['no referral cost', JSON.stringify({ ...STUDY_COSTS, referralCost: undefined }), /referralCost/],
  ])('refuses %s in one sentence', (_name, text, sentence) => {
    expect(() => parseCosts(text)).toThrow(sentence);
    expect(() => parseCosts(text)).toThrow(DomainError);
  });
});

describe('costsDigest', () => {
  it('depends on the costs and on nothing else', async () => {
    const rewritten = JSON.stringify(
      { referralCost: 2.5, matrix: STUDY_COSTS.matrix, stages: STUDY_COSTS.stages },
      null,
      3,
    );
    const study = await costsDigest(STUDY_COSTS);
    expect(study).toMatch(/^[0-9a-f]{64}$/);
    expect(await costsDigest(parseCosts(rewritten))).toBe(study);
    expect(await costsDigest({ ...STUDY_COSTS, referralCost: 2 })).not.toBe(study);
  });
});
