import { describe, expect, it } from 'vitest';
import { heatPictures, heatPixels } from './heat.ts';
import { perStage } from './per-stage.ts';

const whole = { scale: 1, left: 0, top: 0, width: 224, height: 224 };

/** Evidence 8 for Early in the middle place, 4 for Pro in the first, -9 for Pre in the middle, none for Benign. */
function someEvidence() {
  const values = perStage(() => new Float64Array(49));
  values[1][24] = 8;
  values[3][0] = 4;
  values[2][24] = -9;
  return { side: 7, values };
}

describe('heatPixels', () => {
  it('shows positive evidence only, on one scale for all stages', () => {
    const heat = (stage: 'Benign' | 'Early' | 'Pre' | 'Pro') =>
      heatPixels(someEvidence(), stage, whole, 224, 224);
    expect(Math.max(...heat('Early'))).toBe(Math.round(255 * (63 / 64) ** 2));
    // A corner has no neighbour beyond it: the clamped edge keeps its full value.
    expect(heat('Pro')[0]).toBe(Math.round(255 / 2));
    expect(Math.max(...heat('Benign'))).toBe(0);
    expect(Math.max(...heat('Pre'))).toBe(0);
  });

  it.each([
    ['a field', 224, 224, whole],
    ['a small picture', 7, 7, whole],
    ['a wide picture', 300, 120, { scale: 224 / 300, left: 0, top: 67, width: 224, height: 90 }],
    ['a tall picture', 10, 400, { scale: 224 / 400, left: 109, top: 0, width: 6, height: 224 }],
    ['a camera image', 1200, 1200, { ...whole, scale: 224 / 1200 }],
  ])('has a value for every pixel of %s, the highest in its middle', (_, width, height, placement) => {
    const heat = heatPixels(someEvidence(), 'Early', placement, width, height);
    expect(heat).toHaveLength(width * height);
    const middle = heat[Math.floor(height / 2) * width + Math.floor(width / 2)] ?? 0;
    expect(middle).toBe(heat.reduce((a, b) => Math.max(a, b)));
    expect(middle).toBeGreaterThan(235);
  });
});

describe('heatPictures', () => {
  it.each([
    ['a field', 224, 224, 224, 224],
    ['a small picture', 40, 30, 40, 30],
    ['a camera image', 4096, 3072, 224, 168],
    ['a tall strip', 30, 3000, 2, 224],
    ['a hair', 1, 5000, 1, 224],
  ])('of %s keep its shape, within 224', (_, width, height, w, h) => {
    const heat = heatPictures({ evidence: someEvidence(), placement: whole }, { width, height });
    expect([heat.width, heat.height]).toEqual([w, h]);
    expect(Object.values(heat.pixels).map((pixels) => pixels.length)).toEqual(Array(4).fill(w * h));
  });
});
