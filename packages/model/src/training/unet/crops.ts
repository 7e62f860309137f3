import { exchangeColours, SYMMETRIES, turnImage, turnMask } from '../../counterfactual/index.ts';
import type { RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';
import type { TrainingField } from '../fields.ts';

export interface CropBatch {
  /** [n, side, side, 3], 0..255. */
  readonly images: Float32Array;
  /** [n, side, side, 1], 0|1. */
  readonly masks: Float32Array;
  readonly labels: Int32Array;
}

/** Tries to find a crop that shows a cell before an empty one is taken. */
const TRIES = 4;
const GAIN_JITTER = 0.12;
const OFFSET_JITTER = 12;

function cut(image: RgbImage, mask: Uint8Array, left: number, top: number, side: number) {
  const data = new Uint8Array(side * side * 3);
  const cells = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const from = (top + y) * image.width + left;
    data.set(image.data.subarray(from * 3, (from + side) * 3), y * side * 3);
    cells.set(mask.subarray(from, from + side), y * side);
  }
  return { image: { width: side, height: side, data }, cells };
}

/** A random window of the field, with a cell in it where a few tries find one. */
function randomCut(field: TrainingField, side: number, random: SeededRandom) {
  const room = field.image.width - side + 1;
  let part = cut(field.image, field.cells, random.int(room), random.int(room), side);
  for (let i = 1; i < TRIES && !part.cells.includes(1); i++) {
    part = cut(field.image, field.cells, random.int(room), random.int(room), side);
  }
  return part;
}

/** Crops of the given fields, turned and mirrored, recoloured after other stages now and then, colours jittered. */
export function randomCrops(
  fields: readonly TrainingField[],
  donors: readonly TrainingField[],
  { side, recoloured, random }: { side: number; recoloured: number; random: SeededRandom },
): CropBatch {
  const pixels = side * side;
  const images = new Float32Array(fields.length * pixels * 3);
  const masks = new Float32Array(fields.length * pixels);
  fields.forEach((field, n) => {
    const part = randomCut(field, side, random);
    const donor = donors[random.int(donors.length)];
    const foreign = donor !== undefined && donor.stage !== field.stage && random.next() < recoloured;
    const shown = foreign ? exchangeColours(part.image, donor.background, field.background) : part.image;
    const symmetry = random.int(SYMMETRIES);
    const { data } = turnImage(shown, symmetry);
    masks.set(turnMask(part.cells, side, symmetry), n * pixels);
    const gain = [0, 1, 2].map(() => 1 + (random.next() * 2 - 1) * GAIN_JITTER);
    const offset = [0, 1, 2].map(() => (random.next() * 2 - 1) * OFFSET_JITTER);
    for (let i = 0; i < data.length; i++) {
      const value = (data[i] ?? 0) * (gain[i % 3] ?? 1) + (offset[i % 3] ?? 0);
      images[n * pixels * 3 + i] = Math.max(0, Math.min(255, value));
    }
  });
  return { images, masks, labels: Int32Array.from(fields, (f) => f.label) };
}

/** The middle of every field as it is: what the epochs are judged on. */
export function middleCrops(fields: readonly TrainingField[], side: number): CropBatch {
  const pixels = side * side;
  const images = new Float32Array(fields.length * pixels * 3);
  const masks = new Float32Array(fields.length * pixels);
  fields.forEach((field, n) => {
    const first = Math.floor((field.image.width - side) / 2);
    const part = cut(field.image, field.cells, first, first, side);
    images.set(part.image.data, n * pixels * 3);
    masks.set(part.cells, n * pixels);
  });
  return { images, masks, labels: Int32Array.from(fields, (f) => f.label) };
}
