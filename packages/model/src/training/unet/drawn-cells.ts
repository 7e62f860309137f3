import { blotches, fade } from '../../generator/noise.ts';
import { depthInside, drawOutline, extent, type Outline } from '../../generator/outline.ts';
import type { Rgb } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';
import { drawNucleus, type Lobe, lobeDepth } from './drawn-nucleus.ts';
import type { Patch } from './patch.ts';

/** Optical densities per channel. */
type Density = readonly [number, number, number];

interface DrawnCell {
  readonly body: Outline;
  readonly nucleus: readonly Lobe[];
  readonly cytoplasm: Density;
  readonly chromatin: Density;
  /** Relative contrast of the granules and of the chromatin, and the size of the granules in pixels. */
  readonly texture: { readonly granules: number; readonly size: number; readonly clumps: number };
  /** How much denser the membrane is than the cytoplasm. */
  readonly rim: number;
  /** Half the width of the blurred border, pixels. */
  readonly soft: number;
  readonly seed: number;
}

const between = (random: SeededRandom, low: number, high: number): number =>
  low + random.next() * (high - low);

/** Pale and pink, blue, or full of granules: the cytoplasm of granulocytes, lymphocytes and monocytes, eosinophils. */
function drawCytoplasm(random: SeededRandom): Density {
  const kind = random.int(4);
  if (kind < 2) {
    const green = between(random, 0.035, 0.2);
    return [green * between(random, 0.2, 0.9), green, green * between(random, 0.2, 0.9)];
  }
  if (kind === 2) {
    const red = between(random, 0.05, 0.28);
    return [red, red * between(random, 0.7, 1.2), red * between(random, 0, 0.5)];
  }
  const green = between(random, 0.2, 0.5);
  return [green * between(random, 0.3, 0.7), green, green * between(random, 0.3, 0.9)];
}

/** Purple, from pink to nearly black, and clearly denser than the cytoplasm around it. */
function drawChromatin(cytoplasm: Density, random: SeededRandom): Density {
  const green = Math.max(between(random, 0.3, 1.1), cytoplasm[1] * between(random, 1.6, 2.6));
  return [green * between(random, 0.3, 0.8), green, green * between(random, 0.1, 0.5)];
}

function drawCell(side: number, radius: number, random: SeededRandom): DrawnCell {
  const place = () => between(random, 0, side);
  const body = drawOutline(random, place(), place(), radius, between(random, 0.01, 0.14));
  const cytoplasm = drawCytoplasm(random);
  return {
    body: { ...body, stretch: between(random, 0.8, 1.25) },
    nucleus: drawNucleus(body, random),
    cytoplasm,
    chromatin: drawChromatin(cytoplasm, random),
    texture: {
      granules: between(random, 0.05, 0.6),
      size: between(random, 1.2, 4),
      clumps: between(random, 0.05, 0.35),
    },
    rim: random.next() < 0.4 ? between(random, 0.2, 1) : 0,
    soft: between(random, 0.4, 1.3),
    seed: random.int(2 ** 31),
  };
}

/** Paints one cell over the patch and marks its pixels. */
function paintCell({ image, cell, nucleus }: Patch, drawn: DrawnCell, background: Readonly<Rgb>): void {
  const { width, data } = image;
  const { body, soft, texture, seed } = drawn;
  const reach = extent(body);
  const from = (centre: number) => Math.max(0, Math.floor(centre - reach));
  const to = (centre: number) => Math.min(width - 1, Math.ceil(centre + reach));
  for (let y = from(body.y); y <= to(body.y); y++) {
    for (let x = from(body.x); x <= to(body.x); x++) {
      const depth = depthInside(body, x, y);
      if (depth < -soft) continue;
      const inner = Math.min(lobeDepth(drawn.nucleus, x, y) + blotches(x, y, 5, seed + 1), depth);
      const rim = 1 + drawn.rim * (1 - fade(depth / 2));
      const granules = (1 + texture.granules * blotches(x, y, texture.size, seed)) * rim;
      const clumps = 1 + texture.clumps * blotches(x, y, 3, seed + 2);
      const purple = fade((inner + soft) / (2 * soft));
      const opacity = fade((depth + soft) / (2 * soft));
      const at = y * width + x;
      for (let c = 0; c < 3; c++) {
        const density =
          (drawn.cytoplasm[c] ?? 0) * granules * (1 - purple) + (drawn.chromatin[c] ?? 0) * clumps * purple;
        const colour = (background[c] ?? 0) * 10 ** -density;
        data[at * 3 + c] = (data[at * 3 + c] ?? 0) * (1 - opacity) + colour * opacity;
      }
      if (depth < 0) continue;
      cell[at] = 1;
      nucleus[at] = inner >= 0 ? 1 : 0;
    }
  }
}

/** Radii in pixels of white cells at the scale of the training fields. */
const RADIUS = [9, 18] as const;
const MOST_CELLS = 5;

/**
 * Draws white cells of kinds that the training fields hardly show (lobed and bent nuclei, pale, blue and granular
 * cytoplasm) over a patch without cells, so that the masks are learned for white cells at large.
 * @param scale enlargement of the patch over the training scale.
 */
export function drawCells(
  { image }: Patch,
  background: Readonly<Rgb>,
  scale: number,
  random: SeededRandom,
): Patch {
  const pixels = image.width * image.height;
  const patch: Patch = {
    image: { ...image, data: image.data.slice() },
    cell: new Uint8Array(pixels),
    nucleus: new Uint8Array(pixels),
  };
  for (let n = 1 + random.int(MOST_CELLS); n > 0; n--) {
    const radius = between(random, ...RADIUS) * scale;
    paintCell(patch, drawCell(image.width, radius, random), background);
  }
  return patch;
}
