import { expect, it } from 'vitest';
import { connectedComponents, fillHoles, keepComponents, labelsOf } from './components.ts';
import { drawing } from './testing.ts';

it('joins diagonal neighbours of the mask, and a fork that meets late', () => {
  const { mask, width, height } = drawing(['#.#.#', '#.#..', '.#...', '....#']);
  const components = connectedComponents(mask, width, height);
  const { list } = components;
  expect([...labelsOf(components)]).toEqual([1, 0, 1, 0, 2, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3]);
  expect(list).toEqual([
    { label: 1, area: 5, atBorder: true },
    { label: 2, area: 1, atBorder: true },
    { label: 3, area: 1, atBorder: true },
  ]);
});

it('keeps only the components asked for', () => {
  const { mask, width, height } = drawing(['##..#', '.....']);
  const kept = keepComponents(connectedComponents(mask, width, height), ({ area }) => area > 1);
  expect([...kept]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

it('fills small holes, not large ones, and none that reaches the border', () => {
  const { mask, width, height } = drawing(['#######', '#.#..##', '#######', '#..####']);
  expect([...fillHoles(mask, width, height, 1)].filter((value) => value === 0)).toHaveLength(4);
  expect([...fillHoles(mask, width, height, 2)].filter((value) => value === 0)).toHaveLength(2);
});
