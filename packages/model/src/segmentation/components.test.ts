import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectedComponents, fillHoles, keepComponents, labelsOf, touchedBy } from './components.ts';
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

it('tells the components that another mask touches, be it in one pixel', () => {
  const { mask, width, height } = drawing(['##..#', '.....', '#####']);
  const touching = drawing(['..##.', '###..', '....#']).mask;
  const components = connectedComponents(mask, width, height);
  expect(components.list.map(touchedBy(components, touching))).toEqual([false, false, true]);
  expect(components.list.map(touchedBy(components, mask))).toEqual([true, true, true]);
});

it('fills small holes, not large ones, and none that reaches the border', () => {
  const { mask, width, height } = drawing(['#######', '#.#..##', '#######', '#..####']);
  expect([...fillHoles(mask, width, height, 1)].filter((value) => value === 0)).toHaveLength(4);
  expect([...fillHoles(mask, width, height, 2)].filter((value) => value === 0)).toHaveLength(2);
});

/** Labels by flooding from every first pixel: what the runs must come to. */
function flooded(mask: Uint8Array, width: number, value: 0 | 1): number[] {
  const labels = new Array<number>(mask.length).fill(0);
  const flood = (first: number, label: number): void => {
    const open = [first];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (mask[at] !== value || labels[at] !== 0) continue;
      labels[at] = label;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const [dx, dy] of [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [a, b] as const))) {
        if (value === 0 && dx !== 0 && dy !== 0) continue;
        const [column, row] = [x + dx, y + dy];
        if (column >= 0 && column < width && row >= 0 && row * width < mask.length)
          open.push(row * width + column);
      }
    }
  };
  let count = 0;
  mask.forEach((pixel, at) => {
    if (pixel === value && labels[at] === 0) flood(at, ++count);
  });
  return labels;
}

it('finds what flooding finds, with areas and borders', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 13 }),
      fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: 13, maxLength: 169 }),
      fc.constantFrom<0 | 1>(0, 1),
      (width, values, value) => {
        const height = Math.floor(values.length / width);
        const mask = Uint8Array.from(values.slice(0, width * height));
        const components = connectedComponents(mask, width, height, value);
        const expected = flooded(mask, width, value);
        expect([...labelsOf(components)]).toEqual(expected);
        for (const { label, area, atBorder } of components.list) {
          const own = expected.flatMap((l, at) => (l === label ? [at] : []));
          expect(area).toBe(own.length);
          const outer = own.some(
            (at) => at < width || at >= width * (height - 1) || at % width === 0 || at % width === width - 1,
          );
          expect(atBorder).toBe(outer);
        }
      },
    ),
  );
});
