import { DomainError } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import type { NamedTensor } from './dtype.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const TENSORS: NamedTensor[] = [
  { name: 'labels', dtype: 'U8', shape: [3], data: Uint8Array.of(0, 3, 1) },
  { name: 'a/kernel', dtype: 'F32', shape: [2, 2], data: Float32Array.of(1, -2, 3.5, 0) },
  { name: 'half', dtype: 'F16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) },
  { name: 'groups', dtype: 'I32', shape: [2], data: Int32Array.of(-1, 70_000) },
  { name: 'count', dtype: 'I64', shape: [], data: BigInt64Array.of(5n) },
  { name: 'none', dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
];

function file(header: unknown, body = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const out = new Uint8Array(8 + json.length + body.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  out.set(body, 8 + json.length);
  return out;
}

describe('safetensors', () => {
  it('gives back names, types, shapes, values and metadata', () => {
    const { tensors, metadata } = readSafetensors(writeSafetensors(TENSORS, { licence: 'Apache-2.0' }));
    expect(metadata).toEqual({ licence: 'Apache-2.0' });
    expect(tensors.size).toBe(TENSORS.length);
    for (const tensor of TENSORS) expect(tensors.get(tensor.name)).toEqual(tensor);
  });

  it('reads from the middle of a larger buffer and writes the header of the format', () => {
    const bytes = writeSafetensors([{ name: 'x', dtype: 'F32', shape: [1], data: Float32Array.of(1) }]);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      x: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    for (const view of [shifted.subarray(3), Buffer.from(shifted.buffer, 3)]) {
      expect(readSafetensors(view).tensors.get('x')?.data).toEqual(Float32Array.of(1));
    }
  });

  const one = (extra: object) => ({ x: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...extra } });
  it.each([
    ['empty', new Uint8Array(0), 'shorter than its header'],
    ['cut header', file('{}').subarray(0, 9), 'header is cut off'],
    ['no JSON', file('{'), 'no JSON object'],
    ['a list', file([]), 'no JSON object'],
    ['unknown type', file(one({ dtype: 'Q4' }), new Uint8Array(4)), 'entry of x'],
    ['negative shape', file(one({ shape: [-1] }), new Uint8Array(4)), 'entry of x'],
    ['wrong size', file(one({ shape: [2] }), new Uint8Array(4)), 'data of x is misplaced'],
    ['a hole', file(one({ data_offsets: [4, 8] }), new Uint8Array(8)), 'data of x is misplaced'],
    ['cut data', file(one({}), new Uint8Array(3)), 'data of x is misplaced'],
    ['trailing bytes', file(one({}), new Uint8Array(5)), 'belong to no tensor'],
    ['metadata with numbers', file({ __metadata__: { a: 1 } }), 'metadata is not text'],
  ])('refuses: %s', (_, bytes, why) => {
    expect(() => readSafetensors(bytes, 'weights.safetensors')).toThrow(DomainError);
    expect(() => readSafetensors(bytes, 'weights.safetensors')).toThrow(why);
    expect(() => readSafetensors(bytes, 'weights.safetensors')).toThrow(/^weights\.safetensors /);
  });

  it('refuses to write two tensors of one name or data that does not fill its shape', () => {
    const x: NamedTensor = { name: 'x', dtype: 'F32', shape: [1], data: new Float32Array(1) };
    expect(() => writeSafetensors([x, x])).toThrow('called x');
    expect(() => writeSafetensors([{ ...x, shape: [2] }])).toThrow('fill');
  });
});
