import { describe, expect, it } from 'vitest';
import { contain, fit, MAX_SCALE, panBy, pixelAt, reframe, zoomAt } from './zoom.ts';

const frame = { width: 424, height: 324 };
const image = { width: 100, height: 100 };

describe('fit', () => {
  it('enlarges a small field to the smaller side, less the margin, and centres it', () =>
    expect(fit(frame, image)).toEqual({ scale: 3, x: 62, y: 12 }));
  it('shrinks a large field', () => expect(fit(frame, { width: 4000, height: 1000 }).scale).toBe(0.1));
  it('survives a frame that has no room yet', () =>
    expect(fit({ width: 0, height: 0 }, image).scale).toBeGreaterThan(0));
});

describe('zoomAt', () => {
  it('keeps the pixel under the pointer', () => {
    const at = { x: 200, y: 150 };
    const before = fit(frame, image);
    const after = zoomAt(before, 3, at, frame, image);
    expect(after.scale).toBe(9);
    expect(pixelAt(after, at, image)).toEqual(pixelAt(before, at, image));
  });
  it('never goes beyond the largest scale', () =>
    expect(zoomAt(fit(frame, image), 1e6, { x: 0, y: 0 }, frame, image).scale).toBe(MAX_SCALE));
  it('goes down to natural size where that is smaller than the fit', () =>
    expect(zoomAt(fit(frame, image), 1e-6, { x: 0, y: 0 }, frame, image)).toEqual({
      scale: 1,
      x: 162,
      y: 112,
    }));
});

describe('contain', () => {
  it('centres what is smaller than the frame', () =>
    expect(contain({ scale: 1, x: -50, y: 900 }, frame, image)).toEqual({ scale: 1, x: 162, y: 112 }));
  it('stops a larger image at its edges', () => {
    expect(contain({ scale: 10, x: 30, y: -5000 }, frame, image)).toEqual({ scale: 10, x: 0, y: -676 });
  });
  it('is what panning respects', () =>
    expect(panBy({ scale: 10, x: -100, y: -100 }, 500, -20, frame, image)).toEqual({
      scale: 10,
      x: 0,
      y: -120,
    }));
});

describe('pixelAt', () => {
  it('names the pixel', () =>
    expect(pixelAt({ scale: 2, x: 10, y: 10 }, { x: 15, y: 12 }, image)).toEqual({ x: 2, y: 1 }));
  it('is null outside', () => expect(pixelAt({ scale: 2, x: 10, y: 10 }, { x: 9, y: 12 }, image)).toBeNull());
});

it('reframe keeps the middle', () =>
  expect(reframe({ scale: 10, x: -300, y: -300 }, frame, { width: 524, height: 324 }, image).x).toBe(-250));
