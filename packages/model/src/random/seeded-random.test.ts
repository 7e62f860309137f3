import { describe, expect, it } from 'vitest';
import { mixSeed, seededRandom } from './seeded-random.ts';

const draw = (seed: number, n: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => random.next());
};

describe('seededRandom', () => {
  it('repeats itself under one seed and differs under neighbouring seeds', () => {
    expect(draw(7, 5)).toEqual(draw(7, 5));
    const firsts = Array.from({ length: 100 }, (_, seed) => draw(seed, 1)[0]);
    expect(new Set(firsts).size).toBe(100);
  });

  it('is uniform: mean 1/2 and variance 1/12 over first draws of many seeds and within one seed', () => {
    for (const values of [draw(3, 20_000), Array.from({ length: 20_000 }, (_, s) => draw(s, 1)[0] ?? 0)]) {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0.5, 1);
      expect(variance).toBeCloseTo(1 / 12, 2);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
    }
  });

  it('draws integers over the whole range and refuses an empty one', () => {
    const random = seededRandom(1);
    const seen = new Set(Array.from({ length: 200 }, () => random.int(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(() => random.int(0)).toThrow(RangeError);
  });

  it('draws standard normals', () => {
    const random = seededRandom(2);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('shuffles a copy', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = seededRandom(4).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });
});

describe('mixSeed', () => {
  it('depends on every part and on their order', () => {
    expect(mixSeed(1, 2, 3)).toBe(mixSeed(1, 2, 3));
    expect(new Set([mixSeed(1, 2), mixSeed(2, 1), mixSeed(1, 3), mixSeed(1), mixSeed(0, 1)]).size).toBe(5);
  });
});
