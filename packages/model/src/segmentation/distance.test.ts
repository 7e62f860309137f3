import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHAMFER_UNIT, depthOf } from './distance.ts';
import { growMask, growMaskSquarely, openMask } from './morphology.ts';
import { discs, drawing } from './testing.ts';

it('measures depth in thirds of a pixel', () => {
  const { mask, width, height } = drawing(['#####', '#####', '##.##', '#####']);
  expect([...depthOf(mask, width, height)]).toEqual([
    8, 7, 6, 7, 8, 7, 4, 3, 4, 7, 6, 3, 0, 3, 6, 7, 4, 3, 4, 7,
  ]);
});

it('does not take the border of the image for outside', () => {
  const { mask, width, height } = drawing(['.###', '.###']);
  expect([...depthOf(mask, width, height)]).toEqual([0, 3, 6, 9, 0, 3, 6, 9]);
  expect(depthOf(new Uint8Array(4).fill(1), 2, 2).every((d) => d > 1000)).toBe(true);
});

it('growing is the same distance seen from outside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<0 | 1>(0, 0, 0, 1), { minLength: 400, maxLength: 400 }),
      fc.double({ min: 1, max: 6, noNaN: true }),
      (values, radius) => {
        const mask = Uint8Array.from(values);
        const outside = mask.map((value) => 1 - value);
        const expected = depthOf(outside, 20, 20).map((depth) => (depth <= radius * CHAMFER_UNIT ? 1 : 0));
        expect([...growMask(mask, 20, 20, radius)]).toEqual([...expected]);
      },
    ),
  );
});

it('opening grows again what lies deep enough', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<0 | 1>(0, 1, 1, 1, 1, 1, 1, 1), { minLength: 400, maxLength: 400 }),
      fc.double({ min: 0.5, max: 4, noNaN: true }),
      (values, radius) => {
        const mask = Uint8Array.from(values);
        const deep = depthOf(mask, 20, 20).map((depth) => (depth > radius * CHAMFER_UNIT ? 1 : 0));
        const expected = growMask(Uint8Array.from(deep), 20, 20, radius);
        expect([...openMask(mask, 20, 20, radius)]).toEqual([...expected]);
      },
    ),
  );
});

it('growing squarely reaches as far along the diagonal', () => {
  const { mask, width, height } = drawing(['......', '......', '...#..', '......', '......']);
  expect([...growMaskSquarely(mask, width, height, 1)]).toEqual([
    ...drawing(['......', '..###.', '..###.', '..###.', '......']).mask,
  ]);
});

it('opening keeps a disc and removes the whisker on it', () => {
  const disc = discs(60, 60, [{ x: 30, y: 30, radius: 12 }]);
  const whiskered = disc.slice();
  for (let x = 42; x < 58; x++) whiskered[30 * 60 + x] = 1;
  const opened = openMask(whiskered, 60, 60, 3);
  expect(opened[30 * 60 + 55]).toBe(0);
  const lost = disc.reduce((sum, value, i) => sum + (value === 1 && opened[i] === 0 ? 1 : 0), 0);
  expect(lost).toBeLessThan(16);
});
