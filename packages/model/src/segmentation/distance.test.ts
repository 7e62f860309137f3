import { expect, it } from 'vitest';
import { chamferDistance } from './distance.ts';
import { openMask } from './morphology.ts';
import { discs, drawing } from './testing.ts';

it('measures thirds of a pixel to the nearest target', () => {
  const { mask, width, height } = drawing(['.....', '.....', '..#..', '.....']);
  expect([...chamferDistance(mask, width, height, 1)]).toEqual(
    [8, 7, 6, 7, 8, 7, 4, 3, 4, 7, 6, 3, 0, 3, 6, 7, 4, 3, 4, 7].map(Number),
  );
});

it('does not take the border of the image for background', () => {
  const { mask, width, height } = drawing(['.###', '.###']);
  expect([...chamferDistance(mask, width, height, 0)]).toEqual([0, 3, 6, 9, 0, 3, 6, 9]);
  expect(chamferDistance(new Uint8Array(4).fill(1), 2, 2, 0).every((d) => d > 1000)).toBe(true);
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
