import { describe, expect, it } from 'vitest';
import { fieldsNeeded, malignantToBenign, riseBound, riseByWholeGroups } from './malignant.ts';
import { outcomes } from './testing.ts';

const options = { seed: 1, resamples: 2000 };

describe('riseBound', () => {
  it('is the rule of three where the models never differ', () => {
    expect(riseBound([0, 0, 0], [0, 0, 0], 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 9);
  });

  it('takes errors that come in one cluster for one', () => {
    // Five of 100 in one group count as 1 of 20: P(X <= 1) = (1 - p)^19 (1 + 19 p) is 0.05 at 0.21611.
    expect(riseBound([5, 0], [0, 0], 100)).toBeCloseTo(0.21611, 4);
    // Five single ones: 5 of 100, at most 0.10225.
    expect(riseBound([1, 1, 1, 1, 1], [], 100)).toBeCloseTo(0.10225, 4);
  });

  it('sets what the challenger no longer misses against what it might miss anew', () => {
    // b = 0, u = 0.25887; c = 0.4, l = 0.15003: -0.4 + sqrt(0.25887^2 + 0.24997^2).
    expect(riseBound([], [1, 1, 1, 1], 10)).toBeCloseTo(-0.4 + Math.hypot(0.25887, 0.24997), 4);
  });
});

describe('malignantToBenign', () => {
  it('counts malignant fields only, and each model by itself', () => {
    const result = malignantToBenign(
      [
        ...outcomes('a', ['Pro', 'Benign', 'Pro']),
        ...outcomes('a', ['Pre', 'Benign', 'Benign']),
        ...outcomes('b', ['Early', 'Early', 'Benign'], 3),
        ...outcomes('b', ['Early', 'Early', 'Early'], 5),
        ...outcomes('c', ['Benign', 'Early', 'Benign'], 9),
      ],
      options,
    );
    expect(result).toMatchObject({
      ...{ champion: 2 / 10, challenger: 4 / 10, fields: 10, groups: 2 },
      ...{ onlyChampion: 1, onlyChallenger: 3 },
    });
    expect(result.upper).toBeGreaterThan(2 / 10);
  });

  it('knows nothing without a malignant field', () => {
    expect(malignantToBenign(outcomes('a', ['Benign', 'Pro', 'Benign'], 9), options)).toEqual({
      ...{ champion: null, challenger: null, upper: 1 },
      ...{ fields: 0, groups: 0, onlyChampion: 0, onlyChallenger: 0 },
    });
  });

  it('is never below the bootstrap over groups', () => {
    // One group of four is missed anew; in 26 % of the resamples it is drawn twice or oftener.
    const fields = ['a', 'b', 'c', 'd'].flatMap((g) =>
      outcomes(g, ['Pro', 'Pro', g === 'a' ? 'Benign' : 'Pro'], 500),
    );
    expect(malignantToBenign(fields, options).upper).toBeGreaterThanOrEqual(0.5);
  });
});

it('tells how much evidence a margin takes', () => {
  // 0.99^298 = 0.05003, 0.99^299 = 0.04953.
  expect(fieldsNeeded(0.01)).toBe(299);
  expect(riseByWholeGroups(12)).toBeCloseTo(1 - 0.05 ** (1 / 12), 9);
});
