/**
 * Viridis (Smith and van der Walt 2015), sampled at every eighth: lightness rises evenly from dark purple to yellow, so
 * that equal steps look equal, in grey and under every common colour vision.
 */
const VIRIDIS = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
] as const;

export type Rgb = readonly [red: number, green: number, blue: number];

/** Colour of a value, 0..1, as sRGB 0..255; values outside take the nearest end. */
export function viridis(value: number): Rgb {
  const at = Math.min(1, Math.max(0, value)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [from, to] = [VIRIDIS[low] ?? VIRIDIS[0], VIRIDIS[low + 1] ?? VIRIDIS[0]];
  const between = (a: number, b: number) => Math.round(a + (b - a) * (at - low));
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

/** The map as a CSS gradient from 0 to 1, for a legend. */
export const VIRIDIS_GRADIENT = `linear-gradient(to right, ${VIRIDIS.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;

/** Value at which the tint no longer lets more of the image through: no heat leaves the image as it is. */
const OPAQUE_FROM = 0.5;

/** Turns grey pixels (RGBA, 0 no heat, 255 most) into tints of the map, in place; gives the highest grey. */
export function tintHeat(pixels: Uint8ClampedArray): number {
  let hottest = 0;
  const table = Array.from({ length: 256 }, (_, grey) => viridis(grey / 255));
  for (let i = 0; i < pixels.length; i += 4) {
    const grey = pixels[i] ?? 0;
    hottest = Math.max(hottest, grey);
    const color = table[grey];
    if (!color) continue;
    pixels.set(color, i);
    pixels[i + 3] = Math.round(Math.min(1, grey / 255 / OPAQUE_FROM) * 255);
  }
  return hottest;
}
