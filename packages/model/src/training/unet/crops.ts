import { exchangeColours, greyCopy, SYMMETRIES, turnImage, turnMask } from '../../counterfactual/index.ts';
import type { Rgb, RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';
import type { MasksConfig } from '../config.ts';
import type { TrainingField } from '../fields.ts';
import { drawCells } from './drawn-cells.ts';
import { jpegBlocks } from './jpeg-blocks.ts';
import { cutPatch, onlyCells, type Patch, showsCell, withoutCells } from './patch.ts';
import { drawBackground, restain } from './restain.ts';

export interface CropBatch {
  /** [n, side, side, 3], 0..255. */
  readonly images: Float32Array;
  /** [n, side, side, 2], 0|1: whole cells, nuclei. */
  readonly masks: Float32Array;
  /** [n, 2]: how much each mask counts. */
  readonly weights: Float32Array;
}

/** Tries to find a crop that shows a cell before an empty one is taken. */
const TRIES = 4;
const GAIN_JITTER = 0.12;
const OFFSET_JITTER = 12;
/** Painted-over cells leave a rim of at most this many pixels short or over. */
const LARGEST_MARGIN = 4;
const JPEG_STEPS = [3, 16] as const;

type Crops = MasksConfig['crops'];

/** A random window of the field, with a cell in it where a few tries find one. */
function randomPatch(field: TrainingField, side: number, scale: number, random: SeededRandom): Patch {
  const room = field.image.width - side / scale;
  const window = () => ({ left: random.next() * room, top: random.next() * room, scale });
  let chosen = window();
  for (let i = 1; i < TRIES && !showsCell(field, chosen, side); i++) chosen = window();
  return cutPatch(field, chosen, side);
}

/** The crop's colours: as they are, those of another stage's field, or of another stain altogether. */
function recolour(
  image: RgbImage,
  field: TrainingField,
  donor: TrainingField | undefined,
  shares: Pick<Crops, 'recoloured' | 'restained'>,
  random: SeededRandom,
): { image: RgbImage; background: Rgb } {
  const draw = random.next();
  const { median } = field.background;
  if (donor && donor.stage !== field.stage && draw < shares.recoloured)
    return {
      image: exchangeColours(image, donor.background, field.background),
      background: donor.background.median,
    };
  if (draw < 1 - shares.restained) return { image, background: median };
  const background = drawBackground(random);
  return { image: restain(image, median, background, random), background };
}

/** A crop, and whether its masks are its field's: those of drawn cells, and of none, are known for certain. */
interface MadePatch extends Patch {
  readonly own: boolean;
}

/** A crop of one of the kinds that the recipe's shares name. */
function makePatch(
  field: TrainingField,
  donor: TrainingField | undefined,
  side: number,
  crops: Crops,
  random: SeededRandom,
): MadePatch {
  const [smallest, largest] = crops.scale;
  const scale = smallest * (largest / smallest) ** random.next();
  const patch = randomPatch(field, side, scale, random);
  const kind = random.next();
  const margin = random.int(LARGEST_MARGIN + 1);
  const plain = field.background.median.map(Math.round) as Rgb;
  if (kind < crops.drawn) {
    const empty = withoutCells(patch, 2, plain);
    const restained = { recoloured: crops.recoloured / 2, restained: 0.75 };
    const { image, background } = recolour(empty.image, field, donor, restained, random);
    return { ...drawCells({ ...empty, image }, background, scale, random), own: false };
  }
  const { image } = recolour(patch.image, field, donor, crops, random);
  const shown = { ...patch, image };
  const colour = image === patch.image ? plain : drawBackground(random);
  if (kind < crops.drawn + crops.cellLess) {
    // Painted before the colours change, so that the paint is the background's own.
    const empty = withoutCells(patch, margin, plain);
    return { ...empty, image: recolour(empty.image, field, donor, crops, random).image, own: false };
  }
  if (kind < crops.drawn + crops.cellLess + crops.cellsOnly)
    return { ...onlyCells(shown, margin / 2, colour), own: true };
  return { ...shown, own: true };
}

/** Lens, camera and file: grey now and then, JPEG blocks, gain and offset of every channel. */
function photograph(image: RgbImage, crops: Crops, random: SeededRandom): Float32Array {
  const grey = random.next() < crops.grey ? greyCopy(image) : image;
  const step = JPEG_STEPS[0] + random.next() * (JPEG_STEPS[1] - JPEG_STEPS[0]);
  const { data } = random.next() < crops.jpeg ? jpegBlocks(grey, step) : grey;
  const gain = [0, 1, 2].map(() => 1 + (random.next() * 2 - 1) * GAIN_JITTER);
  const offset = [0, 1, 2].map(() => (random.next() * 2 - 1) * OFFSET_JITTER);
  const seen = new Float32Array(data.length);
  for (let c = 0; c < 3; c++) {
    const [factor, shift] = [gain[c] ?? 1, offset[c] ?? 0];
    for (let i = c; i < seen.length; i += 3)
      seen[i] = Math.max(0, Math.min(255, (data[i] ?? 0) * factor + shift));
  }
  return seen;
}

/** Writes both masks of crop `n` into a batch, one after another a pixel. */
function setMasks(masks: Float32Array, n: number, cell: Uint8Array, nucleus: Uint8Array): void {
  for (let i = 0; i < cell.length; i++) {
    masks[(n * cell.length + i) * 2] = cell[i] ?? 0;
    masks[(n * cell.length + i) * 2 + 1] = nucleus[i] ?? 0;
  }
}

function emptyBatch(n: number, side: number): CropBatch {
  return {
    images: new Float32Array(n * side * side * 3),
    masks: new Float32Array(n * side * side * 2),
    weights: new Float32Array(n * 2).fill(1),
  };
}

/** Crops of the given fields at varied scale, of every kind and colour that the recipe names, turned and mirrored. */
export function randomCrops(
  fields: readonly TrainingField[],
  donors: readonly TrainingField[],
  { side, crops, random }: { side: number; crops: Crops; random: SeededRandom },
): CropBatch {
  const batch = emptyBatch(fields.length, side);
  fields.forEach((field, n) => {
    const donor = donors[random.int(donors.length)];
    const patch = makePatch(field, donor, side, crops, random);
    const symmetry = random.int(SYMMETRIES);
    batch.images.set(photograph(turnImage(patch.image, symmetry), crops, random), n * side * side * 3);
    setMasks(batch.masks, n, turnMask(patch.cell, side, symmetry), turnMask(patch.nucleus, side, symmetry));
    const { cells, nuclei } = field.maskWeights ?? { cells: 1, nuclei: 1 };
    if (patch.own) batch.weights.set([cells, nuclei], n * 2);
  });
  return batch;
}

/** The middle of every field as it is: what the epochs are judged on. */
export function middleCrops(fields: readonly TrainingField[], side: number): CropBatch {
  const batch = emptyBatch(fields.length, side);
  fields.forEach((field, n) => {
    const first = Math.floor((field.image.width - side) / 2);
    const { image, cell, nucleus } = cutPatch(field, { left: first, top: first, scale: 1 }, side);
    batch.images.set(image.data, n * side * side * 3);
    setMasks(batch.masks, n, cell, nucleus);
  });
  return batch;
}
