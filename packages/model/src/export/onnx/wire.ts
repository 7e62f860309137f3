/** Protocol buffers' wire format, as much of it as ONNX files need. A field without a value is left out. */
export type Field = Uint8Array[];

function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.of(...bytes, Number(rest));
}

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

export const message = (field: number, fields: readonly Field[]): Field => bytes(field, concatenate(fields));

/** Repeated integers, packed. */
export const integers = (field: number, values: readonly number[]): Field =>
  bytes(field, concatenate([values.map(varint)]));

export function concatenate(fields: readonly Field[]): Uint8Array {
  const chunks = fields.flat();
  const out = new Uint8Array(chunks.reduce((n, chunk) => n + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}
