import { describe, expect, it } from 'vitest';
import type { NamedTensor } from './dtype.ts';
import { decodeMarks, encodeMarks, type MarkedField } from './marks.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const FIELDS: MarkedField[] = [
  {
    sha256: 'ab'.repeat(32),
    stage: 'Pro',
    side: 'calibration',
    marks: [
      { x: -17.5, y: 17.5, isDark: true, signs: 2 ** 27 - 1, unsure: 63 },
      { x: 0.5, y: -0.5, isDark: false, signs: 0, unsure: 1 << 26 },
    ],
  },
  { sha256: '01'.repeat(32), stage: 'Benign', side: 'test', marks: [] },
];

describe('landmarks of fields in an artifact', () => {
  it('come back as they were', () => {
    expect(decodeMarks(encodeMarks(FIELDS))).toEqual(FIELDS);
    expect(decodeMarks(encodeMarks([]))).toEqual([]);
  });

  const changed = (name: string, change: (tensor: NamedTensor) => NamedTensor): Uint8Array => {
    const tensors = [...readSafetensors(encodeMarks(FIELDS)).tensors.values()];
    return writeSafetensors(tensors.map((tensor) => (tensor.name === name ? change(tensor) : tensor)));
  };
  const holding = (name: string, at: number, value: number): Uint8Array =>
    changed(name, ({ data, ...tensor }) => ({
      ...tensor,
      data: Object.assign(data.slice(), { [at]: value }),
    }));

  it.each<[string, Uint8Array]>([
    ['a missing part', changed('waves', (tensor) => ({ ...tensor, name: 'others' }))],
    ['hashes of other length', changed('files', (tensor) => ({ ...tensor, shape: [4, 16] }))],
    ['a stage that is none', holding('fields', 0, 4)],
    ['a side that is none', holding('fields', 1, 4)],
    ['more marks than there are', holding('fields', 2, 3)],
    ['fewer marks than there are', holding('fields', 2, 1)],
    ['a place outside', holding('places', 0, 56)],
    ['signs beyond the last wave', holding('waves', 0, 2 ** 27)],
  ])('are refused with %s', (_, bytes) => {
    expect(() => decodeMarks(bytes)).toThrow('landmarks.safetensors does not hold landmarks of fields.');
  });
});
