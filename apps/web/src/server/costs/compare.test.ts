import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { comparison, expectedPrice, type Priced, realisedPrice } from './compare.ts';

const EXPECTED = { Benign: 8, Early: 2, Pre: 5, Pro: 9 };

describe('the price of a decision', () => {
  it.each([
    [{ stage: 'Early', defer: false }, 2, 10],
    [{ stage: 'Benign', defer: false }, 8, 0],
    // Whatever the stage: another reader looks.
    [{ stage: 'Pro', defer: true }, 2.5, 2.5],
    [{ stage: null, defer: false }, null, null],
  ] as const)('%j: %j expected, %j on a Benign field', (told, expected, realised) => {
    expect(expectedPrice(told, STUDY_COSTS, EXPECTED)).toBe(expected);
    expect(realisedPrice(told, STUDY_COSTS, 'Benign')).toBe(realised);
  });

  it('is that of the row of the truth', () => {
    const [, ...others] = STUDY_COSTS.matrix;
    const costs = { ...STUDY_COSTS, matrix: [[0, 1, 2, 3], ...others] as typeof STUDY_COSTS.matrix };
    expect(realisedPrice({ stage: 'Pro', defer: false }, costs, 'Benign')).toBe(3);
    expect(realisedPrice({ stage: 'Benign', defer: false }, costs, 'Pro')).toBe(30);
  });
});

describe('comparison', () => {
  const field = (patient: string, before: number | null, after: number | null): Priced => ({
    patient,
    before,
    after,
  });

  it('takes means over fields, and leaves out what has no stage', () => {
    const rows = [field('a', 10, 2), field('a', 0, 2), field('b', 2, 2), field('b', null, null)];
    expect(comparison(rows)).toEqual({
      fields: 3,
      patients: 2,
      before: { mean: 4, interval: null },
      after: { mean: 2, interval: null },
      difference: { mean: -2, interval: null },
    });
    expect(comparison([field('a', null, null)])).toBeNull();
    expect(comparison([])).toBeNull();
  });

  it('draws whole patients for its intervals', () => {
    // Five patients of two fields; in one of them a decision of 10 becomes one of 0.
    const rows = ['a', 'b', 'c', 'd', 'e'].flatMap((id) => [
      field(id, id === 'a' ? 10 : 0, 0),
      field(id, 1, 1),
    ]);
    const found = comparison(rows);
    expect(found).toMatchObject({ patients: 5, before: { mean: 1.5 }, after: { mean: 0.5, interval: null } });
    expect(found?.difference.mean).toBe(-1);
    // Never drawn with probability (4/5)^5 = 0.33, three times or more with 0.058: the ends are 0 and -3.
    expect(found?.difference.interval?.upper).toBeCloseTo(0);
    expect(found?.difference.interval?.lower).toBeCloseTo(-3);
    const alone = comparison(rows.map((row, i) => ({ ...row, patient: String(i) })));
    expect(alone?.difference.interval?.lower).toBeGreaterThan(-4);
  });

  it('gives no interval where nothing differs', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((id, i) => field(id, i, i));
    expect(comparison(rows)).toMatchObject({ before: { interval: { upper: expect.any(Number) } } });
    expect(comparison(rows)?.difference).toEqual({ mean: 0, interval: null });
  });
});
