import { DomainError, type MaturityStage } from '@blastwise/contracts';
import { backgroundStatistics, type RgbImage } from '../images/index.ts';
import { mixSeed } from '../random/index.ts';
import { segmentStain } from '../segmentation/index.ts';
import { type Donor, makeView, type ViewKind } from './make-view.ts';

/** The copies of a test set that a model is judged on beside the fields as they are. */
export const COUNTERFACTUAL_KINDS = [
  'recoloured',
  'grey',
  'cell-less',
  'cells-only',
] as const satisfies readonly ViewKind[];
export type CounterfactualKind = (typeof COUNTERFACTUAL_KINDS)[number];

/** A field as it was decoded, of any size. */
export interface CopiedField {
  /** `<stage>/<file name>`: decides, with the seed, everything left to chance. */
  readonly path: string;
  readonly stage: MaturityStage;
  readonly image: RgbImage;
  /** Its white cells by the stain method, 0|1 a pixel, where they are known already. */
  readonly cells?: Uint8Array;
}

export const donorOf = ({ stage, image }: Pick<CopiedField, 'stage' | 'image'>): Donor => ({
  stage,
  background: backgroundStatistics(image),
});

/** Kinds that need to know where the white cells are. */
const OF_CELLS: readonly CounterfactualKind[] = ['cell-less', 'cells-only'];

/**
 * The counterfactual copy of one field, of the field's size: recoloured (the background colours of a random donor of
 * another stage), grey, cell-less or cells only (on neutral grey). White cells are those of the stain method. A copy
 * depends on the seed, the field's path and the donors, not on the fields copied beside it.
 *
 * @throws DomainError BAD_INPUT when no donor is of another stage than a field to be recoloured.
 */
export function counterfactualCopy(
  { path, stage, image, cells: known }: CopiedField,
  donors: readonly Donor[],
  { kind, seed }: { readonly kind: CounterfactualKind; readonly seed: number },
): RgbImage {
  if (kind === 'recoloured' && donors.every((donor) => donor.stage === stage))
    throw new DomainError('BAD_INPUT', `${path}: none of the donors is of another stage than ${stage}.`);
  const { background } = donorOf({ stage, image });
  const cells =
    known ??
    (OF_CELLS.includes(kind) ? segmentStain(image).cell : new Uint8Array(image.width * image.height));
  return makeView({ stage, image, cells, background }, donors, {
    kind,
    seed: mixSeed(seed, COUNTERFACTUAL_KINDS.indexOf(kind), ...Buffer.from(path)),
    neutral: true,
  });
}
