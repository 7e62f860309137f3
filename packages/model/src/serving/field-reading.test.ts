import { MATURITY_STAGES, type Reason } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../calibration/index.ts';
import { planTiles, type TilePlan } from '../scale/index.ts';
import { FieldReading, type Reading } from './field-reading.ts';
import { type NetworkResult, readTile } from './tile-reading.ts';

/** Discs of the scaled image; every tile sees its part of them. */
type Disc = readonly [x: number, y: number, radius: number];

function maskOf({ left, top, placement }: TilePlan['tiles'][number], discs: readonly Disc[]): Float32Array {
  return Float32Array.from({ length: 224 * 224 }, (_, i) => {
    const [x, y] = [(i % 224) - placement.left + left, Math.floor(i / 224) - placement.top + top];
    return discs.some(([cx, cy, r]) => (x - cx) ** 2 + (y - cy) ** 2 <= r * r) ? 0.9 : 0.1;
  });
}

function read(
  plan: TilePlan,
  size: number,
  discs: readonly Disc[],
  logits: (tile: number) => number[],
  faultsOf: (tile: number) => Reason[] = () => [],
): Reading {
  const reading = new FieldReading(
    { width: size, height: size },
    { plan, source: 'estimated', outOfScale: false },
  );
  let whole: Reading | null = null;
  for (const [i, tile] of plan.tiles.entries()) {
    expect(whole).toBeNull();
    const result: NetworkResult = {
      logits: Float32Array.from(logits(i)),
      mask: maskOf(tile, discs),
      features: Float32Array.of(i),
    };
    whole = reading.add({ ...readTile(tile, result), faults: faultsOf(i) });
  }
  if (!whole) throw new Error('The last tile makes it whole.');
  return whole;
}

describe('FieldReading', () => {
  const plan = planTiles(400, 400, 1);
  const logitsOf = (i: number) => [i, -i, 2 * i, 1];

  it('weighs four tiles by their cells and counts a cell once, at the seams too', () => {
    // Two cells in the first tile (0-200), one in the last; one on the seam, whose centre the second tile owns.
    const discs: Disc[] = [
      [60, 60, 12],
      [120, 60, 12],
      [204, 100, 12],
      [300, 300, 12],
    ];
    const { whiteCells, logits, features, scale, outOfScale } = read(plan, 400, discs, logitsOf);
    expect([whiteCells.length, outOfScale]).toEqual([4, false]);
    // Tiles 0, 1, 2, 3 own 2, 1, 0, 1 cells: means of 0, 1, 3 weighted 2, 1, 1.
    expect([...features]).toEqual([1]);
    expect([...logits]).toEqual([1, -1, 2, 1]);
    expect(scale).toEqual({ factor: 1, source: 'estimated', tiles: 4 });
  });

  it('is the weighted geometric mean of the calibrated probabilities', () => {
    const discs: Disc[] = [
      [60, 60, 12],
      [120, 60, 12],
      [300, 300, 12],
    ];
    const calibration = { temperature: 1.7, bias: [0.3, -0.1, 0, -0.2] as [number, number, number, number] };
    const of = (i: number) => {
      const [a = 0, b = 0, c = 0, d = 0] = logitsOf(i);
      return calibrate([a, b, c, d], calibration);
    };
    const pooled = MATURITY_STAGES.map((_, k) => (of(0)[k] ?? 0) ** (2 / 3) * (of(3)[k] ?? 0) ** (1 / 3));
    const total = pooled.reduce((a, b) => a + b, 0);
    const [a = 0, b = 0, c = 0, d = 0] = read(plan, 400, discs, logitsOf).logits;
    calibrate([a, b, c, d], calibration).forEach((p, k) => {
      expect(p).toBeCloseTo((pooled[k] ?? 0) / total, 5);
    });
  });

  it('lets all tiles speak alike where none has a cell', () => {
    const { whiteCells, features } = read(plan, 400, [], logitsOf);
    expect(whiteCells).toEqual([]);
    expect([...features]).toEqual([1.5]);
  });

  // Tiles 0 and 3 own a cell each, 1 and 2 none.
  it.each([
    { blurred: [], clear: 'all', heard: [0, 3] },
    { blurred: [0], clear: 'one with a cell and two without', heard: [3] },
    { blurred: [0, 1, 2], clear: 'one with a cell', heard: [3] },
    { blurred: [0, 3], clear: 'only those without cells', heard: [1, 2] },
    { blurred: [0, 1, 2, 3], clear: 'none', heard: [0, 3] },
  ])('hears of its tiles $heard where $clear can be judged', ({ blurred, heard }) => {
    const discs: Disc[] = [
      [60, 60, 12],
      [300, 300, 12],
    ];
    const isBlurred = (i: number): boolean => blurred.some((tile) => tile === i);
    const { features, faults } = read(plan, 400, discs, logitsOf, (i) => (isBlurred(i) ? ['blurred'] : []));
    expect([...features]).toEqual([heard.reduce((sum, i) => sum + i, 0) / heard.length]);
    expect(faults).toEqual(blurred.length === 4 ? ['blurred'] : []);
  });

  it('stitches the mask without a seam, at the size of the input', () => {
    const discs: Disc[] = [
      [200, 200, 20],
      [30, 380, 15],
    ];
    const { mask } = read(plan, 400, discs, logitsOf);
    const wrong = mask.reduce((n, value, i) => {
      const [x, y] = [i % 400, Math.floor(i / 400)];
      const inside = discs.some(([cx, cy, r]) => (x - cx) ** 2 + (y - cy) ** 2 <= r * r);
      return n + Number(value > 0 !== inside);
    }, 0);
    expect([mask.length, wrong]).toEqual([160_000, 0]);
    const enlarged = read(planTiles(1600, 1600, 0.25), 1600, discs, logitsOf).mask;
    const area = enlarged.reduce((n, value) => n + value / 255, 0);
    expect(area / (16 * Math.PI * (20 ** 2 + 15 ** 2))).toBeCloseTo(1, 1);
  });

  it.each([
    [5, true],
    [7, false],
    [28, false],
    [31, true],
  ])('cells of radius %d are out of scale: %s', (radius, expected) => {
    const one = planTiles(224, 224, 1);
    expect(read(one, 224, [[112, 112, radius]], logitsOf).outOfScale).toBe(expected);
  });
});
