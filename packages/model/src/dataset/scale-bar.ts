import { FIELD_SIZE, type RgbImage } from '../images/index.ts';

/** How a scale bar was burned into a field: black on a white block, red on the field itself, or not at all. */
export const SCALE_BAR_STYLES = ['white', 'red', 'none'] as const;
export type ScaleBarStyle = (typeof SCALE_BAR_STYLES)[number];

/** Where every style of the Taleqani set writes its length, in pixels of a 224 x 224 field. */
const LETTERING = { left: 194, right: 218, top: 206, bottom: 216 } as const;
const WHITE = 245;
const WHITE_SHARE = 0.35;
const BLACK = 120;
const RED_EXCESS = 40;
/** Pixels of one colour that make lettering: a fortieth of the block. */
const LETTERS = 1 / 40;

/** Finds the scale bar in the lower right corner of a field of any size by its lettering. */
export function scaleBarOf({ width, height, data }: RgbImage): ScaleBarStyle {
  const [across, down] = [width / FIELD_SIZE, height / FIELD_SIZE];
  let [pixels, white, black, red] = [0, 0, 0, 0];
  for (let y = Math.floor(LETTERING.top * down); y < Math.floor(LETTERING.bottom * down); y++) {
    for (let x = Math.floor(LETTERING.left * across); x < Math.floor(LETTERING.right * across); x++) {
      const at = 3 * (y * width + x);
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const highest = Math.max(r, g, b);
      const lowest = Math.min(r, g, b);
      pixels++;
      if (lowest >= WHITE) white++;
      // Nuclei are as dark, but never grey.
      if (highest < BLACK && highest - lowest < BLACK / 2) black++;
      if (r - Math.max(g, b) > RED_EXCESS) red++;
    }
  }
  if (pixels === 0) return 'none';
  if (white >= WHITE_SHARE * pixels && black >= LETTERS * pixels) return 'white';
  return red >= LETTERS * pixels ? 'red' : 'none';
}
