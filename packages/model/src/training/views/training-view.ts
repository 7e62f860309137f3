import { exchangeColours, greyCopy, NEUTRAL, SYMMETRIES, turnImage } from '../../counterfactual/index.ts';
import { createImage, pasteInside, type Rgb, type RgbImage } from '../../images/index.ts';
import { type SeededRandom, seededRandom } from '../../random/index.ts';
import { growMask } from '../../segmentation/index.ts';
import type { TrainingField } from '../fields.ts';
import { photograph } from './camera.ts';
import { coverCells } from './cover-cells.ts';
import { publishedView } from './published.ts';

/**
 * Ways to show a field in training. Only `published`, `plain` and `grey` leave its background and its stage together;
 * `cell-less` shows no stage at all. `published` is the study's augmentation, and is not photographed anew.
 */
export const TRAINING_VIEWS = [
  'plain',
  'recoloured',
  'grey',
  'cells-on-colour',
  'cells-on-foreign',
  'cell-less',
  'published',
] as const;
export type TrainingViewKind = (typeof TRAINING_VIEWS)[number];

/** What a view shows of a field. */
export type ViewField = Pick<TrainingField, 'stage' | 'image' | 'cells' | 'background'>;

export interface TrainingView {
  readonly image: RgbImage;
  /** Index of the field that lent its colours or its background; -1 where none did. */
  readonly donor: number;
}

/** A painted cell's outline may lie a little outside its mask, or inside. */
const LARGEST_MARGIN = 3;
/** Cell-less fields are covered more or less generously, so that no kept or missing rim is the sign of one. */
const LARGEST_COVER = 6;
const SHARES = { neutral: 0.3, recolouredCells: 0.6, recolouredEmpty: 0.4, flatCover: 0.4 } as const;

const medianOf = ({ background: { median } }: ViewField): Rgb => [
  Math.round(median[0]),
  Math.round(median[1]),
  Math.round(median[2]),
];

const grown = ({ cells, image }: ViewField, radius: number): Uint8Array =>
  radius > 0 ? growMask(cells, image.width, image.height, radius) : cells;

/** A random field of another stage; the field itself where there is none. */
function foreign(field: ViewField, donors: readonly ViewField[], random: SeededRandom): number {
  const others = donors.flatMap((donor, i) => (donor.stage === field.stage ? [] : [i]));
  return others.length === 0 ? donors.indexOf(field) : (others[random.int(others.length)] ?? 0);
}

function show(
  field: ViewField,
  donors: readonly ViewField[],
  kind: Exclude<TrainingViewKind, 'published'>,
  random: SeededRandom,
): TrainingView {
  if (kind === 'plain') return { image: field.image, donor: -1 };
  if (kind === 'grey') return { image: greyCopy(field.image), donor: -1 };

  const donor = foreign(field, donors, random);
  const lender = donors[donor] ?? field;
  const recoloured = (image: RgbImage) => exchangeColours(image, lender.background, field.background);
  switch (kind) {
    case 'recoloured':
      return { image: recoloured(field.image), donor };
    case 'cells-on-colour': {
      const cells = random.next() < SHARES.recolouredCells ? recoloured(field.image) : field.image;
      const colour = random.next() < SHARES.neutral ? NEUTRAL : medianOf(lender);
      const flat = createImage(field.image.width, field.image.height, colour);
      return { image: pasteInside(cells, grown(field, random.int(LARGEST_MARGIN)), flat), donor };
    }
    case 'cells-on-foreign': {
      const empty = coverCells(lender.image, grown(lender, LARGEST_MARGIN), medianOf(lender), random);
      const cells = random.next() < SHARES.recolouredCells ? recoloured(field.image) : field.image;
      return { image: pasteInside(cells, grown(field, random.int(LARGEST_MARGIN)), empty), donor };
    }
    case 'cell-less': {
      const mask = grown(field, random.int(LARGEST_COVER));
      const flat = createImage(field.image.width, field.image.height, medianOf(field));
      const empty =
        random.next() < SHARES.flatCover
          ? pasteInside(flat, mask, field.image)
          : coverCells(field.image, mask, medianOf(field), random);
      return { image: random.next() < SHARES.recolouredEmpty ? recoloured(empty) : empty, donor };
    }
  }
}

/** One training view of `field`, by another camera, turned and mirrored by chance; the same seed gives the same bytes. */
export async function trainingView(
  field: ViewField,
  donors: readonly ViewField[],
  kind: TrainingViewKind,
  seed: number,
): Promise<TrainingView> {
  const random = seededRandom(seed);
  if (kind === 'published') return { image: publishedView(field.image, random), donor: -1 };
  const { image, donor } = show(field, donors, kind, random);
  const turned = turnImage(image, random.int(SYMMETRIES));
  return { image: await photograph(turned, random), donor };
}
