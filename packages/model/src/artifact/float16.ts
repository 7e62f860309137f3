// IEEE 754 binary16 <-> number; Node 22 has no Float16Array yet.
const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** Nearest half-precision value (ties to even) as its 16 bits; beyond 65,504 becomes infinity. */
export function toFloat16Bits(value: number): number {
  scratch[0] = value;
  const x = bits[0] ?? 0;
  const sign = (x >>> 16) & 0x8000;
  const magnitude = x & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | roundShift(magnitude - 0x38000000, 13);
  // Subnormal halves: the significand with its hidden bit, shifted to units of 2^-24.
  const shift = 126 - (magnitude >>> 23);
  return shift > 24 ? sign : sign | roundShift((magnitude & 0x7fffff) | 0x800000, shift);
}

function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

export function fromFloat16Bits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export const toFloat16 = (values: Float32Array): Uint16Array => Uint16Array.from(values, toFloat16Bits);

export const fromFloat16 = (halves: Uint16Array): Float32Array => Float32Array.from(halves, fromFloat16Bits);
