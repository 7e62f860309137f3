import { expect, it } from 'vitest';
import { groupBootstrap } from './bootstrap.ts';
import { emptyTally, TALLY, type Tally } from './tally.ts';

const groupOf = (kept: number, keptCost: number): Tally => {
  const tally = emptyTally();
  tally[TALLY.kept] = kept;
  tally[TALLY.keptCost] = keptCost;
  return tally;
};
const perField = (tally: Tally) => {
  const [kept = 0, cost = 0] = [tally[TALLY.kept], tally[TALLY.keptCost]];
  return { cost: kept === 0 ? null : cost / kept, never: null };
};

it('has the quantiles of whole groups drawn with replacement', () => {
  // Drawn of two groups: 1, 1 to a quarter, 3 to a quarter and 1 field of 1 with 3 of 9: 10 / 4 to a half.
  const bounds = groupBootstrap([groupOf(1, 1), groupOf(3, 9)], perField, {
    seed: 1,
    resamples: 2000,
    level: 0.9,
  });
  expect(bounds.cost).toEqual({ lower: 1, upper: 3 });
  const [of, sixteen] = [groupOf(1, 0), Array.from({ length: 16 }, () => groupOf(1, 1))];
  // Of 17 draws none is the free group with probability (16 / 17)^17 = .357, three or fewer with .98, four with .995.
  const many = groupBootstrap([of, ...sixteen], perField, { seed: 1, resamples: 4000, level: 0.95 });
  expect(many.cost).toEqual({ lower: 14 / 17, upper: 1 });
});

it('leaves out draws without a score, and knows no bounds where there is none', () => {
  // A quarter of the draws are the empty group alone, the others cost one half.
  const bounds = groupBootstrap([groupOf(0, 0), groupOf(2, 1)], perField, {
    seed: 1,
    resamples: 500,
    level: 0.95,
  });
  expect(bounds).toEqual({
    cost: { lower: 0.5, upper: 0.5 },
    never: { lower: Number.NaN, upper: Number.NaN },
  });
});
