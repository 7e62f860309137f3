import { describe, expect, it } from 'vitest';
import { nextCell } from './grid.ts';

describe('nextCell in a 4 x 4 grid', () => {
  it.each([
    [0, 1, 'ArrowRight', { row: 0, column: 2 }],
    [0, 3, 'ArrowRight', null],
    [1, 0, 'ArrowRight', { row: 1, column: 2 }],
    [2, 3, 'ArrowLeft', { row: 2, column: 1 }],
    [0, 1, 'ArrowLeft', null],
    [1, 0, 'ArrowUp', null],
    [2, 1, 'ArrowUp', { row: 0, column: 1 }],
    [1, 2, 'ArrowDown', { row: 3, column: 2 }],
    [1, 2, 'Enter', { row: 3, column: 2 }],
    [3, 0, 'ArrowDown', null],
    [0, 2, 'Home', { row: 0, column: 1 }],
    [2, 3, 'Home', { row: 2, column: 0 }],
    [3, 0, 'End', { row: 3, column: 2 }],
    [1, 0, 'End', { row: 1, column: 3 }],
    [1, 0, 'a', null],
  ])('from (%i, %i) by %s', (row, column, key, to) => expect(nextCell({ row, column }, key, 4)).toEqual(to));
});
