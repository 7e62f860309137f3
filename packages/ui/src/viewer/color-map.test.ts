import { describe, expect, it } from 'vitest';
import { type Rgb, tintHeat, viridis } from './color-map.ts';

const linear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** CIE 1976 lightness of an sRGB colour, 0..100. */
function lightness(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map(linear);
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear channels. */
const VISION: Record<string, readonly Rgb[]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function luminanceSeen(rgb: Rgb, vision: readonly Rgb[]): number {
  const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
  const [red = 0, green = 0, blue = 0] = vision.map((row) => row[0] * r + row[1] * g + row[2] * b);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const STEPS = Array.from({ length: 33 }, (_, i) => i / 32);

describe('viridis', () => {
  it('has the published ends and middle, and keeps to them outside', () => {
    expect([viridis(0), viridis(0.5), viridis(1)]).toEqual([
      [68, 1, 84],
      [33, 145, 140],
      [253, 231, 37],
    ]);
    expect([viridis(-1), viridis(2)]).toEqual([viridis(0), viridis(1)]);
  });

  it('grows lighter in equal steps', () => {
    const levels = STEPS.map((t) => lightness(viridis(t)));
    const even = ((levels.at(-1) ?? 0) - (levels[0] ?? 0)) / 32;
    levels.slice(1).forEach((level, i) => {
      expect(level - (levels[i] ?? 0)).toBeGreaterThan(even * 0.5);
      expect(level - (levels[i] ?? 0)).toBeLessThan(even * 1.5);
    });
  });

  it.each(Object.keys(VISION))('keeps its order under %s', (name) => {
    const seen = STEPS.map((t) => luminanceSeen(viridis(t), VISION[name] ?? []));
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });
});

describe('tintHeat', () => {
  it('leaves the image alone where there is no heat and covers it where there is most', () => {
    const grey = (v: number) => [v, v, v, 255];
    const pixels = new Uint8ClampedArray([...grey(0), ...grey(51), ...grey(255)]);
    expect(tintHeat(pixels)).toBe(255);
    expect(tintHeat(new Uint8ClampedArray([0, 0, 0, 255]))).toBe(0);
    expect([...pixels]).toEqual([68, 1, 84, 0, ...viridis(0.2), 102, 253, 231, 37, 255]);
  });
});
