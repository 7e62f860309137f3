import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIELD_SIZE } from '../images/index.ts';
import { letterboxFactor, planTiles, TILE_OVERLAP } from './tiles.ts';

it('leaves a field of the training size whole and in place', () => {
  const all = { left: 0, top: 0, right: 224, bottom: 224 };
  const placement = { scale: 1, left: 0, top: 0, width: 224, height: 224 };
  expect(planTiles(224, 224, 1)).toEqual({
    factor: 1,
    width: 224,
    height: 224,
    tiles: [{ left: 0, top: 0, placement, owned: all, atCorner: true }],
  });
});

it.each<[string, number, number, number, [left: number, owned: number][]]>([
  // 400 px: ceil((400 - 48) / 176) = 2 tiles, at 0 and 400 - 224; they share 176..224, parted at 200.
  [
    'two tiles side by side',
    400,
    100,
    1,
    [
      [0, 0],
      [176, 200],
    ],
  ],
  // 401 px: one pixel more than two tiles can hold; at 0, 88.5 -> 89 and 177.
  [
    'three tiles, evenly spread',
    401,
    224,
    1,
    [
      [0, 0],
      [89, 157],
      [177, 245],
    ],
  ],
  ['one tile of a large image that is shrunk', 4480, 4480, 0.05, [[0, 0]]],
])('%s', (_, width, height, factor, expected) => {
  const { tiles } = planTiles(width, height, factor);
  expect(tiles.map(({ left, owned }) => [left, owned.left])).toEqual(expected);
  expect(tiles.map(({ atCorner }) => atCorner)).toEqual(tiles.map((__, i) => i === tiles.length - 1));
});

it('puts a smaller image in the middle of a field', () => {
  const [tile] = planTiles(360, 300, 0.1).tiles;
  expect(tile?.placement).toEqual({ scale: 0.1, left: 94, top: 97, width: 36, height: 30 });
});

const size = fc.integer({ min: 1, max: 3000 });

it('covers every pixel once, inside what the tile shows, and never leaves the image', () => {
  fc.assert(
    fc.property(size, size, fc.double({ min: 0.02, max: 3, noNaN: true }), (w, h, wanted) => {
      const plan = planTiles(w, h, Math.min(wanted, 3000 / Math.max(w, h)));
      let owned = 0;
      for (const { left, top, placement, owned: part } of plan.tiles) {
        owned += (part.right - part.left) * (part.bottom - part.top);
        expect(part.left).toBeGreaterThanOrEqual(left);
        expect(part.top).toBeGreaterThanOrEqual(top);
        expect(part.right).toBeLessThanOrEqual(left + placement.width);
        expect(part.bottom).toBeLessThanOrEqual(top + placement.height);
        expect(left + placement.width).toBeLessThanOrEqual(plan.width);
        expect(placement.left + placement.width).toBeLessThanOrEqual(FIELD_SIZE);
      }
      // Parts that do not overlap and add up to the whole cover it; rows and columns each tile their axis in order.
      expect(owned).toBe(plan.width * plan.height);
    }),
  );
});

it('shows every cell as wide as the overlap whole in some tile', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, size, share, share, (w, h, x, y) => {
      const plan = planTiles(w, h, 1);
      const within = (at: number, length: number) => {
        const cell = Math.min(TILE_OVERLAP, length);
        const start = at * (length - cell);
        return [start, start + cell] as const;
      };
      const [[x0, x1], [y0, y1]] = [within(x, w), within(y, h)];
      const whole = plan.tiles.filter(
        ({ left, top, placement: { width, height } }) =>
          left <= x0 && x1 <= left + width && top <= y0 && y1 <= top + height,
      );
      expect(whole.length).toBeGreaterThan(0);
    }),
  );
});

it('has the letterbox as one of its plans', () => {
  fc.assert(
    fc.property(size, size, (w, h) => {
      const plan = planTiles(w, h, letterboxFactor(w, h));
      expect(plan.tiles).toHaveLength(1);
      expect(Math.max(plan.width, plan.height)).toBe(FIELD_SIZE);
    }),
  );
});
