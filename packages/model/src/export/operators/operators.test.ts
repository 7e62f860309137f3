import { describe, expect, it } from 'vitest';
import { transpose } from './context.ts';
import { convPads, transposedConvPads } from './padding.ts';

describe('convPads', () => {
  it.each([
    ['stride 2 on an even size: bottom and right only', [3, 3], [2, 2], [224, 224], [0, 0, 1, 1]],
    ['stride 2 on an odd size: all around', [3, 3], [2, 2], [7, 7], [1, 1, 1, 1]],
    ['stride 1', [3, 3], [1, 1], [14, 14], [1, 1, 1, 1]],
    ['1 x 1', [1, 1], [1, 1], [14, 14], [0, 0, 0, 0]],
    ['axes apart', [5, 2], [1, 1], [9, 8], [2, 0, 2, 1]],
    ['stride wider than the kernel', [1, 1], [2, 2], [8, 8], [0, 0, 0, 0]],
  ] as const)('%s', (_, kernel, strides, size, expected) => {
    expect(convPads({ kernel, strides: [...strides], padding: 'same' }, size)).toEqual(expected);
    expect(convPads({ kernel, strides: [...strides], padding: 'valid' }, size)).toEqual([0, 0, 0, 0]);
  });

  it('of transposed convolutions take the surplus from the bottom and right', () => {
    expect(transposedConvPads({ kernel: [3, 3], strides: [2, 2], padding: 'same' })).toEqual([0, 0, 1, 1]);
  });
});

describe('transpose', () => {
  it('moves axes: [2,3] by hand and [1,2,3] to [3,1,2]', () => {
    expect(transpose(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])).toEqual({
      shape: [3, 2],
      data: Float32Array.of(1, 4, 2, 5, 3, 6),
    });
    expect(transpose(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3], [2, 0, 1]).data).toEqual(
      Float32Array.of(1, 4, 2, 5, 3, 6),
    );
  });
});
