import { expect, it } from 'vitest';
import { fieldsByGroupSize } from './plots.ts';

it.each([
  [['a'], [1]],
  // One alone; a pair and three together; none of 4 to 7; eight.
  ['abbcccdddddddd', [1, 5, 0, 8]],
] as const)('fields of %j by the size of their group', (groups, fields) => {
  const bins = fieldsByGroupSize([...groups]);
  expect(bins.map((bin) => bin.fields)).toEqual(fields);
  expect(bins.map(({ from }) => from)).toEqual([1, 2, 4, 8].slice(0, fields.length));
});
