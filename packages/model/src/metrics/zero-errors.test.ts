import { STUDY_COSTS } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import type { Confusion } from './confusion.ts';
import { wilson } from './wilson.ts';
import { zeroErrorBounds } from './zero-errors.ts';

const PERFECT: Confusion = [
  [20, 0, 0, 0],
  [0, 20, 0, 0],
  [0, 0, 40, 0],
  [0, 0, 0, 20],
];

it('moves what Wilson allows of all fields into the worst cell for each score', () => {
  const { upper: unseen } = wilson(0, 60);
  // z^2 / (60 + z^2) = 3.8415 / 63.8415 of 100 fields.
  expect(100 * unseen).toBeCloseTo(6.017, 3);
  const names = ['accuracy', 'totalCost', 'averageCost', 'kappa', 'macroF1'] as const;
  const bounds = new Map(zeroErrorBounds(names, PERFECT, 60, STUDY_COSTS, 0.95));
  const moved = 100 * unseen;
  expect(bounds.get('accuracy')).toEqual({ lower: expect.closeTo(1 - unseen, 12), upper: 1 });
  // The dearest confusion costs 30.
  expect(bounds.get('totalCost')).toEqual({ lower: 0, upper: expect.closeTo(30 * moved, 9) });
  expect(bounds.get('averageCost')?.upper).toBeCloseTo(30 * unseen, 9);
  // Kappa is lowest where chance agrees most: between stages of 20 and 40, chance is (20 * 20 * 2 + 20 (20 - m) + 40 (40 + m)) / 100^2.
  const chance = (800 + 20 * (20 - moved) + 40 * (40 + moved)) / 1e4;
  expect(bounds.get('kappa')?.lower).toBeCloseTo((1 - unseen - chance) / (1 - chance), 12);
  // F1 falls most where both stages have 20 fields: 2 (20 - m) / (40 - m) and 40 / (40 + m), the others 1.
  const f1 = ((2 * (20 - moved)) / (40 - moved) + 40 / (40 + moved) + 2) / 4;
  expect(bounds.get('macroF1')?.lower).toBeCloseTo(f1, 12);
});

it('never moves more than a stage has', () => {
  const few: Confusion = [
    [2, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  // 3.8415 / 4.8415 of 2 fields are 1.587; all of one group's.
  const [[, bounds] = []] = zeroErrorBounds(['accuracy'], few, 1, STUDY_COSTS, 0.95);
  expect(bounds?.lower).toBeCloseTo(1 - wilson(0, 1).upper, 12);
  expect(bounds?.upper).toBe(1);
});
