import { readFile } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import type { FieldFile } from '../../dataset/index.ts';
import { backgroundStatistics, decodeImage, preprocess, type RgbImage } from '../../images/index.ts';
import { mixSeed, seededRandom } from '../../random/index.ts';
import { segmentStain } from '../../segmentation/index.ts';
import { STARTER_RECIPE } from '../config.ts';
import { type TrainingViewKind, trainingView, type ViewField } from '../views/index.ts';

/** The study's augmentation, and the views that our recipe trains on. */
export const AUGMENTATION_SETS = ['published', 'ours'] as const;
export type AugmentationSet = (typeof AUGMENTATION_SETS)[number];

/** Every way in which a set shows a field; ours holds one that shows no stage. */
export const KINDS_OF_SET: Readonly<Record<AugmentationSet, readonly TrainingViewKind[]>> = {
  published: ['published'],
  ours: STARTER_RECIPE.stages.views.map(({ kind }) => kind),
};

/** A field, decoded, preprocessed and segmented. */
export type AugmentedField = ViewField & Pick<FieldFile, 'path'>;

/** @throws DomainError naming the file that is no readable image. */
export async function readAugmentedField({ file, path, stage }: FieldFile): Promise<AugmentedField> {
  const decoded = await decodeImage(await readFile(file)).catch((cause: unknown) => {
    throw cause instanceof DomainError
      ? new DomainError(cause.code, `${path}: ${cause.message}`, { cause })
      : cause;
  });
  const { field: image } = await preprocess(decoded);
  return { path, stage, image, cells: segmentStain(image).cell, background: backgroundStatistics(image) };
}

export interface AugmentedCopy {
  readonly kind: TrainingViewKind;
  readonly image: RgbImage;
  /** The field that lent its colours or its background; null where none did. */
  readonly donor: string | null;
}

const KEEPING_STAGE = STARTER_RECIPE.stages.views.filter(({ kind }) => kind !== 'cell-less');

/** A kind of the set that keeps the stage, as often as the recipe shows it. */
function drawKind(set: AugmentationSet, seed: number): TrainingViewKind {
  if (set === 'published') return 'published';
  let rest = seededRandom(seed).next() * KEEPING_STAGE.reduce((sum, { share }) => sum + share, 0);
  const drawn = KEEPING_STAGE.find(({ share }) => {
    rest -= share;
    return rest < 0;
  });
  return drawn?.kind ?? 'plain';
}

/** One copy under the named kind. It depends on the seed, the field's path, the copy's number and the donors. */
export async function copyOfKind(
  field: AugmentedField,
  donors: readonly AugmentedField[],
  kind: TrainingViewKind,
  { seed, copy }: { readonly seed: number; readonly copy: number },
): Promise<AugmentedCopy> {
  const { image, donor } = await trainingView(field, donors, kind, seedOf(field, seed, copy));
  return { kind, image, donor: donors[donor]?.path ?? null };
}

/** The `copy`-th copy of a field by a set, its stage kept. */
export function augmentedCopy(
  field: AugmentedField,
  donors: readonly AugmentedField[],
  set: AugmentationSet,
  options: { readonly seed: number; readonly copy: number },
): Promise<AugmentedCopy> {
  const kind = drawKind(set, mixSeed(seedOf(field, options.seed, options.copy), 1));
  return copyOfKind(field, donors, kind, options);
}

const seedOf = ({ path }: AugmentedField, seed: number, copy: number): number =>
  mixSeed(seed, copy, ...Buffer.from(path));
