import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImage, type RgbImage, SCALE_BAR } from '../images/index.ts';
import { type SeededRandom, seededRandom } from '../random/index.ts';
import { depthOf } from '../segmentation/index.ts';
import { freePlaces } from './free-places.ts';
import { paintOver } from './paint-over.ts';

const SIDE = 48;

/** Grey stripes, 4 pixels wide, with a red square of `size` at 10, 10. */
function striped(size: number): { image: RgbImage; hole: Uint8Array } {
  const image = createImage(SIDE, SIDE, [200, 200, 200]);
  const hole = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const at = y * SIDE + x;
      if (x % 8 < 4) image.data.fill(120, 3 * at, 3 * at + 3);
      if (x >= 10 && y >= 10 && x < 10 + size && y < 10 + size) {
        image.data.set([255, 0, 0], 3 * at);
        hole[at] = 1;
      }
    }
  return { image, hole };
}

/** {@link paintOver} word for word: every candidate compared to its last pixel. */
function paintedSlowly(field: RgbImage, hole: Uint8Array, random: SeededRandom): Uint8Array {
  const { width, height } = field;
  const data = field.data.slice();
  const open = hole.slice();
  const covered = hole.slice();
  for (let y = Math.floor((SCALE_BAR.top / 224) * height); y < height; y++)
    for (let x = Math.floor((SCALE_BAR.left / 224) * width); x < width; x++) covered[y * width + x] = 1;
  const places = freePlaces(covered, width, height, 6);
  const around = (at: number, reach: number): number[] => {
    const found: number[] = [];
    for (let y = Math.floor(at / width) - reach; y <= Math.floor(at / width) + reach; y++)
      for (let x = (at % width) - reach; x <= (at % width) + reach; x++)
        if (x >= 0 && y >= 0 && x < width && y < height) found.push(y * width + x - at);
    return found;
  };
  const depth = depthOf(hole, width, height);
  const rim = [...hole.keys()].filter((i) => hole[i] === 1);
  rim.sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0) || a - b);
  for (const at of rim) {
    if (open[at] === 0) continue;
    const known = around(at, 6).filter((o) => open[at + o] === 0);
    const drawn = Array.from({ length: 300 }, () => places[random.int(places.length)] ?? 0);
    const differences = drawn.map((place) => {
      const values = known.flatMap((o) => [0, 1, 2].map((c) => [3 * (at + o) + c, 3 * (place + o) + c]));
      return values.reduce((sum, [a = 0, b = 0]) => sum + ((data[a] ?? 0) - (data[b] ?? 0)) ** 2, 0);
    });
    const best = drawn[differences.indexOf(Math.min(...differences))] ?? 0;
    for (const o of around(at, 3).filter((o) => open[at + o] === 1)) {
      open[at + o] = 0;
      for (let c = 0; c < 3; c++) data[3 * (at + o) + c] = data[3 * (best + o) + c] ?? 0;
    }
  }
  return data.map((value, p) => {
    const at = Math.floor(p / 3);
    if (hole[at] === 0) return value;
    const values = around(at, 1).map((o) => data[p + 3 * o] ?? 0);
    return Math.round(values.reduce((a, b) => a + b, 0) / values.length);
  });
}

describe('paintOver', () => {
  it('paints what comparing every candidate to its last pixel paints', () => {
    const random = seededRandom(8);
    const { image, hole } = striped(12);
    const grainy = { ...image, data: image.data.map((v) => v + random.int(30)) };
    expect(paintOver(grainy, hole, seededRandom(4)).data).toEqual(
      paintedSlowly(grainy, hole, seededRandom(4)),
    );
  });

  it('goes on with the texture around the hole and leaves the rest alone', () => {
    const { image, hole } = striped(10);
    const whole = striped(0).image;
    const painted = paintOver(image, hole, seededRandom(1));
    const [errors, outside]: [number[], number[]] = [[], []];
    hole.forEach((h, i) => {
      const error = Math.abs((painted.data[3 * i] ?? 0) - (whole.data[3 * i] ?? 0));
      (h === 1 ? errors : outside).push(error);
    });
    expect(Math.max(...outside)).toBe(0);
    // Stripes differ by 80; averaging over 3 x 3 turns a pixel beside an edge by a third of that.
    expect(Math.max(...errors)).toBeLessThanOrEqual(27);
  });

  it('repeats under one seed and leaves its source alone', () => {
    const { image, hole } = striped(14);
    const before = image.data.slice();
    expect(paintOver(image, hole, seededRandom(3))).toEqual(paintOver(image, hole, seededRandom(3)));
    expect(image.data).toEqual(before);
  });

  it('takes one colour where the field is covered all over', () => {
    const { image } = striped(0);
    const painted = paintOver(image, new Uint8Array(SIDE * SIDE).fill(1), seededRandom(1));
    expect(new Set(painted.data).size).toBe(1);
  });
});

it('freePlaces finds the centres of all squares that touch nothing', () => {
  const dimension = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(dimension, dimension, fc.nat(2), fc.nat(), (width, height, reach, seed) => {
      const random = seededRandom(seed);
      const mask = Uint8Array.from({ length: width * height }, () => (random.next() < 0.15 ? 1 : 0));
      const expected: number[] = [];
      for (let y = reach; y < height - reach; y++)
        for (let x = reach; x < width - reach; x++) {
          let touched = 0;
          for (let v = y - reach; v <= y + reach; v++)
            for (let u = x - reach; u <= x + reach; u++) touched += mask[v * width + u] ?? 0;
          if (touched === 0) expected.push(y * width + x);
        }
      expect(freePlaces(mask, width, height, reach)).toEqual(expected);
    }),
  );
});
