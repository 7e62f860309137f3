/** Protocol buffers' wire format, as much of it as ONNX files need, in chunks. A field without a value is left out. */
export type Field = readonly Uint8Array[];

/** Negative numbers are 64 bits of two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  if (value < 0) {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    return Uint8Array.of(...bytes, Number(rest));
  }
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

const lengthOf = (chunks: Field): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);

const tag = (field: number, wireType: 0 | 2 | 5): Uint8Array => varint((field << 3) | wireType);

export const integer = (field: number, value: number): Field => [tag(field, 0), varint(value)];

export function float(field: number, value: number): Field {
  const encoded = new Uint8Array(4);
  new DataView(encoded.buffer).setFloat32(0, value, true);
  return [tag(field, 5), encoded];
}

export const bytes = (field: number, value: Uint8Array): Field => [
  tag(field, 2),
  varint(value.length),
  value,
];

export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value));

/** Its fields are not joined here: a model's weights are copied once, into the file. */
export function message(field: number, fields: readonly Field[]): Field {
  const chunks = fields.flat();
  return [tag(field, 2), varint(lengthOf(chunks)), ...chunks];
}

/** Repeated integers, packed. */
export const integers = (field: number, values: readonly number[]): Field =>
  bytes(field, concatenate([values.map(varint)]));

export function concatenate(fields: readonly Field[]): Uint8Array {
  const chunks = fields.flat();
  const out = new Uint8Array(lengthOf(chunks));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}
