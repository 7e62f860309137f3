import { type CostTable, DEFAULT_COST_WEIGHTS, STUDY_COSTS } from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundProposal, stepTowards } from './step.ts';

describe('stepTowards', () => {
  it.each([
    // A quarter of 20 is 5, more than 2.
    { active: 20, target: 23, to: 23 },
    { active: 20, target: 25, to: 25 },
    { active: 20, target: 26, to: 25 },
    { active: 20, target: 14, to: 15 },
    // A quarter of 8 is 2 exactly; a quarter of 4 is less.
    { active: 8, target: 30, to: 10 },
    { active: 4, target: 30, to: 6 },
    { active: 4, target: 1, to: 2 },
    { active: 1, target: 0, to: 0 },
    { active: 0, target: 1.5, to: 1.5 },
    { active: 0, target: 30, to: 2 },
  ])('goes from $active to $to when $target is asked', ({ active, target, to }) => {
    expect(stepTowards(active, target, DEFAULT_COST_WEIGHTS.step)).toBe(to);
  });

  it('goes as far as it is told', () => {
    expect(stepTowards(20, 30, { share: 0.1, cost: 0 })).toBe(22);
    expect(stepTowards(20, 0, { share: 0, cost: 3 })).toBe(17);
  });
});

describe('roundProposal', () => {
  const [, early, pre, pro] = STUDY_COSTS.matrix;
  const withRow = (benign: CostTable[0]): CostTable => [benign, early, pre, pro];
  const rounded = (active: number, cost: number) =>
    roundProposal(withRow([0, cost, 20, 30]), withRow([0, active, 20, 30]))[0][1];

  it.each([
    { name: 'up to the active cost', active: 30, cost: 0.0123456, to: 0.01235 },
    { name: 'down to the active cost', active: 20, cost: 20.126, to: 20.12 },
    // A step of a quarter from 13.33 ends at 16.6625; 16.66 is within it and 16.67 is not.
    { name: 'within the step', active: 13.33, cost: 16.6625, to: 16.66 },
    { name: 'within the step below', active: 13.33, cost: 9.9975, to: 9.998 },
    { name: 'below a power of ten', active: 9990, cost: 9999.6, to: 9999 },
    { name: 'what has four figures', active: 10, cost: 12.5, to: 12.5 },
    { name: 'to no other side', active: 10.1234, cost: 10.1236, to: 10.1234 },
    { name: 'nothing that stays', active: 10.123456, cost: 10.123456, to: 10.123456 },
    { name: 'what becomes free', active: 1, cost: 0, to: 0 },
  ])('rounds $name', ({ active, cost, to }) => expect(rounded(active, cost)).toBe(to));

  const cost = fc.double({ min: 0, max: 1e6, noNaN: true });
  it('keeps every cost within its step, whatever the costs', () => {
    fc.assert(
      fc.property(cost, cost, (active, target) => {
        const stepped = stepTowards(active, target, DEFAULT_COST_WEIGHTS.step);
        const to = rounded(active, stepped);
        expect(Math.abs(to - active)).toBeLessThanOrEqual(Math.abs(stepped - active));
        expect(Math.abs(to - stepped)).toBeLessThanOrEqual(stepped * 1e-3);
      }),
    );
  });
});
