import { DomainError, stageIndex } from '@blastwise/contracts';
import {
  backgroundStatistics,
  decodeImage,
  FIELD_SIZE,
  type RgbImage,
  SCALE_BAR,
} from '../../images/index.ts';
import { chooseScale, type Tile, type TilePlan, tileFields } from '../../scale/index.ts';
import { segmentStain, type WhiteCellMasks } from '../../segmentation/index.ts';
import type { MaskWeights, TrainingField } from '../../training/fields.ts';
import { sideOfCorrected } from '../corrected-side.ts';
import { type CorrectedImage, type ReadFile, readNamed } from './corrected-image.ts';

/** Masks that readers drew, 0|1 a pixel of the image. */
interface DrawnMasks {
  readonly cells: Uint8Array | null;
  readonly nuclei: Uint8Array | null;
}

/**
 * A corrected image as the base's fields are: brought to their scale, with a weak mask where no reader drew one. Of an
 * image that takes several tiles the one with most of the white cells stands for it.
 *
 * @throws DomainError as `read` does, and BAD_INPUT for a mask of another size, naming the field.
 */
export async function correctedTrainingField(
  corrected: CorrectedImage,
  editedWeight: number,
  read: ReadFile,
): Promise<TrainingField> {
  const { id, group, stage, masks } = corrected;
  const image = await decodeImage(await readNamed(read, id, 'image', corrected.sha256));
  const drawn: DrawnMasks = {
    cells: await drawnMask(masks?.cells ?? null, image, id, read),
    nuclei: await drawnMask(masks?.nuclei ?? null, image, id, read),
  };
  const { field, cell, nucleus } = await fullestTile(image, drawn);
  const weightOf = (mask: Uint8Array | null) => (mask ? editedWeight : 1);
  const maskWeights: MaskWeights | null =
    drawn.cells || drawn.nuclei ? { cells: weightOf(drawn.cells), nuclei: weightOf(drawn.nuclei) } : null;
  return {
    path: id,
    stage,
    side: sideOfCorrected(group),
    group,
    label: stageIndex(stage),
    image: field,
    cells: cell,
    nucleus,
    background: backgroundStatistics(field),
    ...(maskWeights && { maskWeights }),
  };
}

async function drawnMask(
  sha256: string | null,
  { width, height }: RgbImage,
  id: string,
  read: ReadFile,
): Promise<Uint8Array | null> {
  if (sha256 === null) return null;
  const mask = await decodeImage(await readNamed(read, id, 'mask', sha256));
  if (mask.width !== width || mask.height !== height)
    throw new DomainError('BAD_INPUT', `The mask of field ${id} has another size than its image.`);
  return Uint8Array.from({ length: width * height }, (_, i) => ((mask.data[3 * i] ?? 0) > 127 ? 1 : 0));
}

interface MaskedField extends WhiteCellMasks {
  readonly field: RgbImage;
}

async function fullestTile(image: RgbImage, drawn: DrawnMasks): Promise<MaskedField> {
  const { plan } = await chooseScale(image);
  let fullest: MaskedField | undefined;
  let most = -1;
  for await (const { tile, field } of tileFields(image, plan)) {
    const inTile = (mask: Uint8Array | null) => mask && maskInTile(mask, image, plan, tile);
    const masks = merged(segmentStain(field), inTile(drawn.cells), inTile(drawn.nuclei));
    const shown = masks.cell.reduce((sum, v) => sum + v, 0);
    if (shown > most) [most, fullest] = [shown, { ...masks, field }];
  }
  if (!fullest) throw new DomainError('INTERNAL', 'The image has no field.');
  return fullest;
}

/** What readers drew goes before what was found by stain; a nucleus always lies in its cell. */
function merged(weak: WhiteCellMasks, cells: Uint8Array | null, nuclei: Uint8Array | null): WhiteCellMasks {
  const nucleus = nuclei ?? weak.nucleus;
  if (cells) return { cell: cells, nucleus: nucleus.map((v, i) => v & (cells[i] ?? 0)) };
  return { cell: weak.cell.map((v, i) => v | (nucleus[i] ?? 0)), nucleus };
}

/**
 * A mask of an image, 0|1 a pixel, as a tile's field shows it: the nearest pixel, and nothing beside the image or under the
 * covered scale bar.
 */
export function maskInTile(
  mask: Uint8Array,
  { width, height }: Pick<RgbImage, 'width' | 'height'>,
  plan: Pick<TilePlan, 'width' | 'height'>,
  { left, top, placement, atCorner }: Tile,
): Uint8Array {
  const result = new Uint8Array(FIELD_SIZE * FIELD_SIZE);
  for (let y = 0; y < placement.height; y++) {
    const from = Math.min(height - 1, Math.floor(((top + y + 0.5) * height) / plan.height));
    const row = placement.top + y;
    for (let x = 0; x < placement.width; x++) {
      const column = placement.left + x;
      const isCovered = atCorner && row >= SCALE_BAR.top && column >= SCALE_BAR.left;
      const at = Math.min(width - 1, Math.floor(((left + x + 0.5) * width) / plan.width));
      if (!isCovered) result[row * FIELD_SIZE + column] = mask[from * width + at] ?? 0;
    }
  }
  return result;
}
