import { expect, it } from 'vitest';
import { sliderScale } from './slider-scale.ts';

it.each([
  [[30, 10, 0], { max: 100, step: 1 }],
  [[2.5], { max: 5, step: 0.05 }],
  [[50], { max: 100, step: 1 }],
  [[51], { max: 200, step: 2 }],
  [[0.4], { max: 1, step: 0.01 }],
  [[0], { max: 1, step: 0.01 }],
  [[], { max: 1, step: 0.01 }],
  [[Number.NaN, 7], { max: 20, step: 0.2 }],
])('a slider for %j', (costs, scale) => expect(sliderScale(costs)).toEqual(scale));
