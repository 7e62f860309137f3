import { expect, it } from 'vitest';
import { growthPower } from './growth.ts';

it.each([1, 1.22, 2])('finds the power %f of times that grow by it', (power) => {
  const measured = [1000, 2000, 4000].map((n) => ({ n, milliseconds: 3 * n ** power }));
  expect(growthPower(measured)).toBeCloseTo(power, 9);
});

it('takes the middle way between times that do not lie on one line', () => {
  const measured = [
    { n: 1, milliseconds: 1 },
    { n: 10, milliseconds: 10 },
    { n: 100, milliseconds: 1000 },
  ];
  expect(growthPower(measured)).toBeCloseTo(1.5, 9);
});
