/** Uniform in [0, 1) at every integer point, the same on every machine. */
export function latticeValue(x: number, y: number, seed: number): number {
  let z = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  z = Math.imul(z ^ (z >>> 15), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return ((z ^ (z >>> 16)) >>> 0) / 4294967296;
}

/** 0 below 0, 1 above 1, smooth between. */
export const fade = (t: number): number => {
  const inside = Math.min(Math.max(t, 0), 1);
  return inside * inside * (3 - 2 * inside);
};

/** Smooth noise in -1..1 whose blotches are about `size` pixels wide. */
export function blotches(x: number, y: number, size: number, seed: number): number {
  const [u, v] = [x / size, y / size];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const across = fade(u - left);
  const down = fade(v - top);
  const corner = (i: number, j: number) => latticeValue(left + i, top + j, seed);
  const above = corner(0, 0) * (1 - across) + corner(1, 0) * across;
  const below = corner(0, 1) * (1 - across) + corner(1, 1) * across;
  return (above * (1 - down) + below * down) * 2 - 1;
}

/** Nearly normal noise of unit spread, one value a pixel (sum of four uniforms). */
export function grain(x: number, y: number, seed: number): number {
  let sum = -2;
  for (let k = 0; k < 4; k++) sum += latticeValue(x, y, seed + k);
  return sum * 1.7320508;
}
