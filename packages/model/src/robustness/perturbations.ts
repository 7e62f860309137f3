import sharp from 'sharp';
import { type CopiedField, type CounterfactualKind, counterfactualCopy } from '../counterfactual/index.ts';
import {
  backgroundStatistics,
  decodeImage,
  encodeJpeg,
  mapTones,
  type Rgb,
  type RgbImage,
} from '../images/index.ts';
import { mixSeed, type SeededRandom, seededRandom } from '../random/index.ts';
import { paintScaleBar } from './scale-bar.ts';

/** A change of an image that does not change its cells' stage, cell-less copies apart, which have none. */
interface Perturbation {
  /** What its strengths measure; null where it is done or not. */
  readonly unit: string | null;
  readonly strengths: readonly number[];
  readonly apply: (
    field: CopiedField,
    strength: number,
    random: SeededRandom,
  ) => RgbImage | Promise<RgbImage>;
}

/** Optical density of each channel times its own factor in 1 - s .. 1 + s: a stain that is stronger, paler or of another hue. */
function stainShift({ image }: CopiedField, strength: number, random: SeededRandom): RgbImage {
  const factors = [0, 1, 2].map(() => 1 + strength * (2 * random.next() - 1));
  return mapTones(image, (value, c) => 256 * ((value + 1) / 256) ** (factors[c] ?? 1) - 1);
}

async function blur({ image }: CopiedField, sigma: number): Promise<RgbImage> {
  const { width, height } = image;
  const raw = { width, height, channels: 3 as const };
  // The default cuts a Gaussian off where it falls below 0.2, and leaves nothing of a narrow one.
  const kernel = { sigma, minAmplitude: 0.01, precision: 'float' as const };
  const blurred = await sharp(image.data, { raw }).blur(kernel).raw().toBuffer();
  return { width, height, data: new Uint8Array(blurred) };
}

const jpeg = async ({ image }: CopiedField, quality: number) => decodeImage(await encodeJpeg(image, quality));

/** The field's own background colour. */
function backgroundOf(image: RgbImage): Rgb {
  const [r, g, b] = backgroundStatistics(image).median;
  return [r, g, b];
}

const copy =
  (kind: Extract<CounterfactualKind, 'cell-less' | 'cells-only'>) =>
  (field: CopiedField, _: number, random: SeededRandom): RgbImage =>
    counterfactualCopy(field, [], { kind, seed: random.int(2 ** 31) });

/** Every perturbation of the robustness table, in its order. */
export const PERTURBATIONS = {
  'stain-shift': { unit: 'share of optical density', strengths: [0.1, 0.2, 0.4], apply: stainShift },
  brightness: {
    unit: 'factor',
    strengths: [0.6, 0.8, 1.1, 1.2],
    apply: ({ image }, factor) => mapTones(image, (value) => factor * value),
  },
  blur: { unit: 'sigma, px', strengths: [0.5, 1, 2], apply: blur },
  jpeg: { unit: 'quality', strengths: [75, 50, 25], apply: jpeg },
  'scale-bar-painted': {
    unit: null,
    strengths: [1],
    apply: ({ image }) => paintScaleBar(image, [255, 255, 255]),
  },
  'scale-bar-removed': {
    unit: null,
    strengths: [1],
    apply: ({ image }) => paintScaleBar(image, backgroundOf(image)),
  },
  'cells-removed': { unit: null, strengths: [1], apply: copy('cell-less') },
  'background-removed': { unit: null, strengths: [1], apply: copy('cells-only') },
} as const satisfies Record<string, Perturbation>;
export type PerturbationName = keyof typeof PERTURBATIONS;
export const PERTURBATION_NAMES = Object.keys(PERTURBATIONS) as PerturbationName[];

/** One line of the table: a perturbation at one strength. */
export interface Condition {
  readonly name: PerturbationName;
  readonly strength: number;
}

export const CONDITIONS: readonly Condition[] = PERTURBATION_NAMES.flatMap((name) =>
  PERTURBATIONS[name].strengths.map((strength) => ({ name, strength })),
);

/** The field changed; the same seed, path and condition give the same bytes. The input is left as it is. */
export async function perturb(
  field: CopiedField,
  { name, strength }: Condition,
  seed: number,
): Promise<RgbImage> {
  const random = seededRandom(mixSeed(seed, PERTURBATION_NAMES.indexOf(name), ...Buffer.from(field.path)));
  const { apply }: Perturbation = PERTURBATIONS[name];
  return apply(field, strength, random);
}
