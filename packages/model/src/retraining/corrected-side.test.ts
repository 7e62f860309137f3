import { expect, it } from 'vitest';
import { reservedForTest, sideOfCorrected } from './corrected-side.ts';

it('keeps about a fifth of the groups for the test and a tenth for validation', () => {
  const groups = Array.from({ length: 5000 }, (_, i) => `case-${i}`);
  const free = groups.filter((group) => !reservedForTest(group));
  const validation = free.filter((group) => sideOfCorrected(group) === 'validation');
  expect(1 - free.length / groups.length).toBeCloseTo(0.2, 1);
  expect(validation.length / groups.length).toBeCloseTo(0.1, 1);
});

// The hash of "abc" begins ba7816bf (3,128,432,319), that of "a" ca978112 (3,398,926,610).
it.each([
  ['a', true],
  ['abc', false],
])('decides %j by its hash', (group, reserved) => expect(reservedForTest(group)).toBe(reserved));
