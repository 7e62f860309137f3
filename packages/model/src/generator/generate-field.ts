import type { MaturityStage } from '@blastwise/contracts';
import { FIELD_SIZE, type RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { paintSmear } from './background.ts';
import { blur, develop, integerBetween } from './canvas.ts';
import { STAGE_LOOKS } from './looks.ts';
import { drawWhiteCells, paintWhiteCell } from './white-cells.ts';

export interface FieldOptions {
  readonly seed: number;
  readonly stage: MaturityStage;
  /** White cells wanted, 0 for a field without any; by default as many as the stage usually shows. */
  readonly cells?: number;
  /** Side of the square field in pixels; cells grow with it. Default 224. */
  readonly size?: number;
  /** Stage whose slide (background, red cells) is used; by default the cells' own. */
  readonly slide?: MaturityStage;
}

export interface GeneratedField {
  readonly image: RgbImage;
  /** Whole white cells; one byte a pixel, 0 or 1. */
  readonly mask: Uint8Array;
  /** Their nuclei. */
  readonly nuclei: Uint8Array;
  /** Centre and radius of each, pixels. May be fewer than wanted when the field is full. */
  readonly cells: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  readonly stage: MaturityStage;
}

const GRAIN = 1.2;

/**
 * A made-up blood smear with known cells, in the look of one stage. The same options give the same pixels on every
 * machine. It stands in for real fields in tests and demonstrations and is no evidence of accuracy.
 */
export function generateField(options: FieldOptions): GeneratedField {
  const { seed, stage, size = FIELD_SIZE, slide = stage } = options;
  const random = seededRandom(seed);
  const scale = size / FIELD_SIZE;
  const look = STAGE_LOOKS[stage];
  const canvas = paintSmear(STAGE_LOOKS[slide], size, scale, random);
  const wanted = options.cells ?? integerBetween(random, look.whiteCells);
  const cells = drawWhiteCells(look, wanted, size, scale, random);
  const masks = { cell: new Uint8Array(size * size), nucleus: new Uint8Array(size * size) };
  for (const cell of cells) paintWhiteCell(canvas, cell, scale, masks);
  blur(canvas);
  return {
    image: develop(canvas, random.int(2 ** 31), GRAIN),
    mask: masks.cell,
    nuclei: masks.nucleus,
    cells: cells.map(({ body: { x, y, radius } }) => ({ x, y, radius })),
    stage,
  };
}
