import type { MaturityStage } from '@blastwise/contracts';
import type { BackgroundStatistics, Rgb, RgbImage } from '../images/index.ts';
import { type SeededRandom, seededRandom } from '../random/index.ts';
import { cellsOnly, withoutCells } from './cells.ts';
import { exchangeColours } from './exchange-colours.ts';
import { greyCopy } from './grey.ts';
import { SYMMETRIES, turnImage } from './turn.ts';

/** Ways to show a field whose stage stays (or, cell-less, is gone) while its background lies. */
export const VIEW_KINDS = ['plain', 'recoloured', 'grey', 'cells-only', 'cell-less'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** A preprocessed square field with its white cells (0|1 a pixel) and the colour of its background. */
export interface ViewSource {
  readonly stage: MaturityStage;
  readonly image: RgbImage;
  readonly cells: Uint8Array;
  readonly background: BackgroundStatistics;
}

/** Whose colours a recoloured field may take. */
export type Donor = Pick<ViewSource, 'stage' | 'background'>;

/** A random field of another stage; the field itself where there is none. */
function foreignBackground(source: ViewSource, donors: readonly Donor[], random: SeededRandom) {
  const foreign = donors.filter((donor) => donor.stage !== source.stage);
  return foreign.length === 0 ? source.background : (foreign[random.int(foreign.length)] as Donor).background;
}

/** Half of the cells-only copies stand on neutral grey, half on a foreign background's colour. */
function plainBackground(
  source: ViewSource,
  donors: readonly Donor[],
  random: SeededRandom,
): Rgb | undefined {
  if (random.next() < 0.5) return undefined;
  const { median } = foreignBackground(source, donors, random);
  return [Math.round(median[0]), Math.round(median[1]), Math.round(median[2])];
}

export interface ViewOptions {
  readonly kind: ViewKind;
  readonly seed: number;
  /** Turn and mirror by chance as well. */
  readonly turned?: boolean;
  /** Keep cells-only copies on the neutral background, as the counterfactual test set defines them. */
  readonly neutral?: boolean;
}

/** One view of a field; the same options give the same bytes. */
export function makeView(source: ViewSource, donors: readonly Donor[], options: ViewOptions): RgbImage {
  const random = seededRandom(options.seed);
  const image = shown(source, donors, options, random);
  return options.turned ? turnImage(image, random.int(SYMMETRIES)) : image;
}

function shown(
  source: ViewSource,
  donors: readonly Donor[],
  { kind, neutral }: ViewOptions,
  random: SeededRandom,
): RgbImage {
  const { image, cells, background } = source;
  switch (kind) {
    case 'plain':
      return image;
    case 'recoloured':
      return exchangeColours(image, foreignBackground(source, donors, random), background);
    case 'grey':
      return greyCopy(image);
    case 'cells-only':
      return cellsOnly(image, cells, neutral ? undefined : plainBackground(source, donors, random));
    case 'cell-less':
      return withoutCells(image, cells, random);
  }
}
