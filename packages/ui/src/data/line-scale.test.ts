import { expect, it } from 'vitest';
import { axisOf, linePoints } from './line-scale.ts';

it.each([
  [[0.5, 2], { low: 0, high: 2 }],
  [[-1, 3], { low: -1, high: 3 }],
  [[0], { low: 0, high: 1 }],
  [[], { low: 0, high: 1 }],
])('the axis of %j', (values, axis) => {
  expect(axisOf(values)).toEqual(axis);
});

it.each([
  ['three of three', [0, 1, 2], 3, '0.0,50.0 50.0,25.0 100.0,0.0'],
  ['two of five', [2, 0], 5, '0.0,0.0 25.0,50.0'],
  ['one of one', [1], 1, '50.0,25.0'],
])('%s values', (_, values, of, points) => {
  expect(linePoints(values, of, { low: 0, high: 2 }, { width: 100, height: 50 })).toBe(points);
});
