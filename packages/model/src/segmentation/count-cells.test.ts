import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCells } from './count-cells.ts';
import { type Disc, discs } from './testing.ts';

const SIZE = 224;
const disc = fc.record({
  x: fc.integer({ min: 0, max: SIZE - 1 }),
  y: fc.integer({ min: 0, max: SIZE - 1 }),
  radius: fc.integer({ min: 6, max: 20 }),
});

/** The discs that lie inside the field and apart from those before them. */
function separated(list: readonly Disc[]): Disc[] {
  const kept: Disc[] = [];
  for (const d of list) {
    const inside = [d.x, d.y].every((v) => v - d.radius > 0 && v + d.radius < SIZE - 1);
    const apart = kept.every((k) => Math.hypot(k.x - d.x, k.y - d.y) > k.radius + d.radius + 3);
    if (inside && apart) kept.push(d);
  }
  return kept;
}

describe('countCells', () => {
  it('finds none in an empty mask and one in a full one', () => {
    expect(countCells(new Uint8Array(SIZE * SIZE), SIZE, SIZE).count).toBe(0);
    expect(countCells(new Uint8Array(SIZE * SIZE).fill(1), SIZE, SIZE).count).toBe(1);
  });

  it('counts k separated discs as k, each with one label', () => {
    fc.assert(
      fc.property(fc.array(disc, { maxLength: 30 }), (list) => {
        const cells = separated(list);
        const { count, labels, pixels } = countCells(discs(SIZE, SIZE, cells), SIZE, SIZE);
        expect(count).toBe(cells.length);
        for (const [i, own] of pixels.entries()) expect(own.every((at) => labels[at] === i + 1)).toBe(true);
        const inCells = new Set(pixels.flatMap((own) => [...own]));
        expect(inCells.size).toBe(labels.filter((label) => label > 0).length);
        expect(new Set(cells.map(({ x, y }) => labels[y * SIZE + x])).size).toBe(cells.length);
      }),
      { numRuns: 60 },
    );
  });

  it('splits two overlapping discs in two, close to the line between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 20 }),
        fc.double({ min: 0.85, max: 1.15, noNaN: true }),
        fc.double({ min: 1.5, max: 1.9, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        (radius, ratio, spacing, angle) => {
          const other = radius * ratio;
          const away = (spacing * (radius + other)) / 2;
          const a = { x: 112, y: 112, radius };
          const b = { x: 112 + away * Math.cos(angle), y: 112 + away * Math.sin(angle), radius: other };
          const { count, labels } = countCells(discs(SIZE, SIZE, [a, b]), SIZE, SIZE);
          expect(count).toBe(2);
          expect(labels[112 * SIZE + 112]).not.toBe(labels[Math.round(b.y) * SIZE + Math.round(b.x)]);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('leaves one disc, one ellipse and a disc cut by the border whole', () => {
    fc.assert(
      fc.property(disc, fc.double({ min: 1, max: 1.8, noNaN: true }), ({ x, y, radius }, stretch) => {
        const mask = new Uint8Array(SIZE * SIZE);
        for (let v = 0; v < SIZE; v++) {
          for (let u = 0; u < SIZE; u++) {
            if (((u - x) / stretch) ** 2 + (v - y) ** 2 <= radius ** 2) mask[v * SIZE + u] = 1;
          }
        }
        expect(countCells(mask, SIZE, SIZE).count).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('drops specks: 41 pixels of a 224 x 224 field are a cell, 40 are none', () => {
    const strip = (length: number) => {
      const mask = new Uint8Array(SIZE * SIZE);
      for (let i = 0; i < length; i++) mask[(100 + Math.floor(i / 10)) * SIZE + 100 + (i % 10)] = 1;
      return mask;
    };
    expect(countCells(strip(41), SIZE, SIZE).count).toBe(1);
    expect(countCells(strip(40), SIZE, SIZE).count).toBe(0);
    expect(countCells(strip(20), SIZE, SIZE, { smallest: 15 }).count).toBe(1);
  });
});
