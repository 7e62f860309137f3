import { fromFloat16Bits, toFloat16Bits } from '../../artifact/index.ts';

/** Every half float's value, by its bits: a table look-up is what makes reading cached maps cheap. */
let table: Float32Array | undefined;

function values(): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, bits) => fromFloat16Bits(bits));
  return table;
}

/** Writes float32 values as halves into `target` from `offset` on. */
export function writeHalves(source: Float32Array, target: Uint16Array, offset: number): void {
  for (let i = 0; i < source.length; i++) target[offset + i] = toFloat16Bits(source[i] ?? 0);
}

/** Reads `length` halves from `start` into `target` from `offset` on. */
export function readHalves(
  source: Uint16Array,
  start: number,
  length: number,
  target: Float32Array,
  offset: number,
): void {
  const known = values();
  for (let i = 0; i < length; i++) target[offset + i] = known[source[start + i] ?? 0] ?? 0;
}
