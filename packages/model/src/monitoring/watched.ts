import {
  type Analysis,
  type Background,
  type Colour,
  type DriftFinding,
  type DriftQuantity,
  MATURITY_STAGES,
  toStageVector,
} from '@blastwise/contracts';
import { LUMINANCE } from '../images/index.ts';

/** What is stored of one field. */
export interface WatchedField
  extends Pick<
    Analysis,
    'background' | 'cells' | 'scale' | 'outOfDistribution' | 'assessable' | 'stage' | 'probabilities'
  > {
  /** Under the cost matrix in force, for the reference as for the window: another matrix is no drift. */
  readonly deferred: boolean;
  /** Whether the first reader, who saw an answer, gave another one; null: they saw none, or nobody has read the field. */
  readonly corrected: boolean | null;
}

/** How a quantity is measured and compared. A field without it gives null. */
export type Watched =
  | { readonly kind: 'number' | 'spread'; readonly of: (field: WatchedField) => number | null }
  | {
      readonly kind: 'category';
      readonly names: readonly string[];
      readonly of: (field: WatchedField) => number | null;
    };

const SHARE = ['no', 'yes'] as const;

const share = (of: (field: WatchedField) => boolean | null): Watched => ({
  kind: 'category',
  names: SHARE,
  of: (field) => {
    const hit = of(field);
    return hit === null ? null : Number(hit);
  },
});

/**
 * One channel against green in octaves: a hue whatever the exposure, steady near grey, unlike an angle. The background's
 * tells another lamp; that of the stained pixels another stain, which hardly moves the background.
 */
const againstGreen = (
  channel: 'red' | 'blue',
  colourOf: (background: Background) => Colour | undefined,
  kind: 'number' | 'spread' = 'number',
): Watched => ({
  kind,
  of: ({ background }) => {
    const colour = background && colourOf(background);
    return colour ? Math.log2((colour[channel] + 1) / (colour.green + 1)) : null;
  },
});

const ofBackground = (background: Background): Colour => background;
const ofStain = ({ stained }: Background): Colour | undefined => stained;

export const WATCHED: Readonly<Record<DriftQuantity, Watched>> = {
  'background-red': againstGreen('red', ofBackground),
  'background-blue': againstGreen('blue', ofBackground),
  'stain-red': againstGreen('red', ofStain),
  'stain-blue': againstGreen('blue', ofStain),
  /** Each slide's own shift, without a common direction. Of red alone: from slide to slide blue varies as much by itself. */
  'stain-spread': againstGreen('red', ofStain, 'spread'),
  /** Luminance, 0..255. */
  'background-brightness': {
    kind: 'number',
    of: ({ background }) =>
      background &&
      LUMINANCE[0] * background.red + LUMINANCE[1] * background.green + LUMINANCE[2] * background.blue,
  },
  /** A field of the training size, of which a large image holds several. */
  cells: { kind: 'number', of: ({ cells, scale }) => cells / (scale?.tiles ?? 1) },
  'out-of-distribution': share(({ outOfDistribution }) => outOfDistribution?.flag ?? null),
  stage: {
    kind: 'category',
    names: [...MATURITY_STAGES, 'not assessable'],
    of: ({ assessable, stage }) => (assessable ? MATURITY_STAGES.indexOf(stage) : MATURITY_STAGES.length),
  },
  /** The highest probability. */
  confidence: {
    kind: 'number',
    of: ({ assessable, probabilities }) => (assessable ? Math.max(...toStageVector(probabilities)) : null),
  },
  deferred: share(({ deferred }) => deferred),
  corrected: share(({ corrected }) => corrected),
};

export const statisticOf = (quantity: DriftQuantity): DriftFinding['statistic'] => {
  const { kind } = WATCHED[quantity];
  if (kind === 'number') return 'ks';
  if (kind === 'spread') return 'spread';
  return quantity === 'stage' ? 'psi' : 'difference';
};
