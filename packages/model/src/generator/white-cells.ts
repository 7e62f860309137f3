import { FIELD_SIZE, type Rgb, SCALE_BAR } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import { between, type Canvas, cover, forPixelsOf } from './canvas.ts';
import type { CellKind, StageLook } from './looks.ts';
import { blotches, fade } from './noise.ts';
import { drawOutline, type Outline } from './outline.ts';

export interface WhiteCell {
  readonly body: Outline;
  readonly nucleus: Outline;
  readonly kind: CellKind;
  /** Grey levels by which this cell is paler (positive) or darker than its kind. */
  readonly shade: number;
  readonly seed: number;
}

function pickKind(kinds: readonly CellKind[], random: SeededRandom): CellKind | undefined {
  let draw = random.next() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  return kinds.find(({ weight }) => {
    draw -= weight;
    return draw < 0;
  });
}

/** Corner where real fields carry a scale bar: preprocessing covers it, so no cell is put there. */
const CORNER = { x: SCALE_BAR.left / FIELD_SIZE, y: SCALE_BAR.top / FIELD_SIZE } as const;
const TRIES = 200;

/** A place that leaves the cells before it apart (they may touch) and shows more than half of the cell; none if full. */
function findPlace(
  cells: readonly WhiteCell[],
  radius: number,
  size: number,
  random: SeededRandom,
): { x: number; y: number } | undefined {
  for (let n = 0; n < TRIES; n++) {
    const x = radius * 0.4 + random.next() * (size - radius * 0.8);
    const y = radius * 0.4 + random.next() * (size - radius * 0.8);
    if (x > CORNER.x * size - radius * 1.2 && y > CORNER.y * size - radius * 1.2) continue;
    const free = cells.every(({ body }) => {
      const [dx, dy] = [body.x - x, body.y - y];
      return Math.sqrt(dx * dx + dy * dy) > (body.radius + radius) * 1.06;
    });
    if (free) return { x, y };
  }
  return undefined;
}

/** Draws up to `count` cells of a stage; fewer when the field is full. */
export function drawWhiteCells(
  look: StageLook,
  count: number,
  size: number,
  scale: number,
  random: SeededRandom,
): WhiteCell[] {
  const cells: WhiteCell[] = [];
  const fieldShade = (random.next() * 2 - 1) * look.stainSpread;
  for (let n = 0; n < count; n++) {
    const kind = pickKind(look.kinds, random);
    if (!kind) break;
    const radius = between(random, kind.radius) * scale;
    const place = findPlace(cells, radius, size, random);
    if (!place) continue;
    const body = drawOutline(random, place.x, place.y, radius, kind.ragged);
    const share = between(random, kind.nucleusShare);
    const slack = radius * (1 - share) * 0.7;
    const nucleus = {
      ...drawOutline(
        random,
        place.x + (random.next() * 2 - 1) * slack,
        place.y + (random.next() * 2 - 1) * slack,
        radius * share,
        kind.ragged * 0.8,
      ),
      stretch: body.stretch,
    };
    const shade = fieldShade + (random.next() * 2 - 1) * look.stainSpread;
    cells.push({ body, nucleus, kind, shade, seed: random.int(2 ** 31) });
  }
  return cells;
}

const shifted = (colour: Readonly<Rgb>, by: number): Rgb => [
  colour[0] + by,
  colour[1] + by * 1.1,
  colour[2] + by * 0.3,
];

/** Chromatin at a pixel: fine and coarse blotches, -1..1. */
const chromatin = (x: number, y: number, clump: number, seed: number): number =>
  0.65 * blotches(x, y, clump, seed) + 0.35 * blotches(x, y, clump * 2.6, seed + 1);

/** Paints one cell and marks its pixels in the masks. */
export function paintWhiteCell(
  canvas: Canvas,
  cell: WhiteCell,
  scale: number,
  masks: { readonly cell: Uint8Array; readonly nucleus: Uint8Array },
): void {
  const { kind, seed } = cell;
  const soft = 0.8 * scale;
  const cytoplasm = shifted(kind.cytoplasm, cell.shade);
  forPixelsOf(cell.body, canvas.size, (index, depth, x, y) => {
    const tone = 5 * blotches(x, y, 3 * scale, seed + 2);
    cover(canvas, index, shifted(cytoplasm, tone), fade((depth + soft) / (2 * soft)));
    if (depth >= 0) masks.cell[index] = 1;
  });
  forPixelsOf(cell.nucleus, canvas.size, (index, depth, x, y) => {
    if (masks.cell[index] !== 1) return;
    const texture = kind.chromatin.contrast * chromatin(x, y, kind.chromatin.clump * scale, seed);
    const rim = 6 * (1 - fade(depth / (2.5 * scale)));
    const colour = shifted(kind.nucleus, cell.shade + texture - rim);
    cover(canvas, index, colour, fade((depth + soft) / (2 * soft)));
    if (depth >= 0) masks.nucleus[index] = 1;
  });
}
