import { describe, expect, it } from 'vitest';
import { hue, segmentHsv } from './segment-hsv.ts';

describe('hue', () => {
  it.each([
    [255, 0, 0, 0],
    [255, 255, 0, 1 / 6],
    [0, 255, 0, 2 / 6],
    [0, 0, 255, 4 / 6],
    [255, 0, 255, 5 / 6],
    [90, 90, 90, 0],
  ])('of %d %d %d', (r, g, b, expected) => {
    expect(hue(r, g, b)).toBeCloseTo(expected, 12);
  });
});

describe('segmentHsv', () => {
  it.each<[string, number[], number]>([
    ['purple, H 0.75, S 1, V 0.8', [102, 0, 204], 1],
    ['H exactly 0.7', [51, 0, 255], 1],
    ['H exactly 0.8', [204, 0, 255], 1],
    ['too blue', [40, 0, 255], 0],
    ['too pink', [215, 0, 255], 0],
    ['S exactly 0.5', [150, 100, 200], 1],
    ['pale', [151, 102, 200], 0],
    ['V exactly 0.4', [51, 0, 102], 1],
    ['dark', [50, 0, 101], 0],
    ['black', [0, 0, 0], 0],
    ['a pink Pro cell, as published', [214, 140, 222], 0],
  ])('%s', (_, colour, expected) => {
    expect([...segmentHsv({ width: 1, height: 1, data: Uint8Array.from(colour) })]).toEqual([expected]);
  });
});
