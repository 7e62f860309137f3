import { type DriftBin, type DriftQuantity, MATURITY_STAGES } from '@blastwise/contracts';
import type { Finding, WatchedSeries } from './types.ts';

interface QuantityWords {
  readonly label: string;
  readonly hint: string;
  /** A number of the quantity, as it stands under its plot. */
  readonly text: (value: number) => string;
}

const octaves = (value: number): string => value.toFixed(2).replace('-', '\u2212');
const level = (value: number): string => value.toFixed(0);
const count = (value: number): string => String(Math.round(value * 10) / 10);
const share = (value: number): string => `${(value * 100).toFixed(0)} %`;

export const QUANTITY_WORDS: Readonly<Record<DriftQuantity, QuantityWords>> = {
  'background-red': {
    label: 'Background: red against green',
    hint: 'Hue of light and glass, in octaves, at any exposure',
    text: octaves,
  },
  'background-blue': {
    label: 'Background: blue against green',
    hint: 'Hue of light and glass, in octaves, at any exposure',
    text: octaves,
  },
  'background-brightness': {
    label: 'Background: brightness',
    hint: 'Luminance of the background, 0 to 255',
    text: level,
  },
  'stain-red': {
    label: 'Stain: red against green',
    hint: 'Hue of the most saturated quarter of the pixels, in octaves',
    text: octaves,
  },
  'stain-blue': {
    label: 'Stain: blue against green',
    hint: 'Hue of the most saturated quarter of the pixels, in octaves',
    text: octaves,
  },
  'stain-spread': {
    label: 'Stain: how far slides lie apart',
    hint: 'Red against green, distance from the median, in octaves',
    text: octaves,
  },
  cells: { label: 'Cell density', hint: 'White cells in a field of the training size', text: count },
  'out-of-distribution': {
    label: 'Unfamiliar images',
    hint: 'Fields unlike those that the model learned from',
    text: share,
  },
  stage: {
    label: 'Stage mix',
    hint: 'Most probable stage of each field, or not assessable',
    text: share,
  },
  confidence: { label: 'Confidence', hint: 'Highest probability of each assessable field', text: share },
  deferred: {
    label: 'Deferred',
    hint: 'Fields deferred to a second reader, under the costs in force now',
    text: share,
  },
  corrected: {
    label: 'Overridden',
    hint: 'Fields whose first reader gave another answer than the one that was shown',
    text: share,
  },
};

/** What is watched of the images, and what of the answers. */
export const INPUTS: readonly DriftQuantity[] = [
  'background-red',
  'background-blue',
  'background-brightness',
  'stain-red',
  'stain-blue',
  'stain-spread',
  'cells',
  'out-of-distribution',
];
export const OUTPUTS: readonly DriftQuantity[] = ['stage', 'confidence', 'deferred', 'corrected'];

export const STATE_WORDS: Readonly<Record<Finding['state'], string>> = {
  steady: 'steady',
  drifting: 'drifting',
  'too-few-cases': 'too few patients',
};

const STATISTIC_WORDS: Readonly<Record<Finding['statistic'], string>> = {
  ks: 'KS',
  spread: 'excess',
  psi: 'PSI',
  difference: 'difference',
};

/** What each statistic measures; 0 where the window is like the reference. */
export const STATISTIC_MEANINGS: Readonly<Record<Finding['statistic'], string>> = {
  ks: 'KS (Kolmogorov-Smirnov): the largest difference between the shares of fields up to any one value; at most 1.',
  psi: 'PSI (population stability index): how differently fields are spread over the bins; it has no upper end.',
  spread:
    'Excess: by how much more often than half the time a field lies further from the middle of its window than one of the reference from theirs; at most 0.5.',
  difference: 'Difference: between the two shares; at most 1.',
};

/** "KS 0.62, alarm above 0.48" */
export function statisticText({ statistic, value, threshold }: Finding): string {
  if (value === null || threshold === null) return 'not judged';
  return `${STATISTIC_WORDS[statistic]} ${value.toFixed(2)}, alarm above ${threshold.toFixed(2)}`;
}

/** What a bin holds, in words: "up to 0.31", "above 0.31", or its name. */
export function binWords(bins: readonly DriftBin[], at: number, quantity: DriftQuantity): string {
  const { text } = QUANTITY_WORDS[quantity];
  const bin = bins[at];
  if (!bin) return '';
  if (bin.name !== null) return bin.name;
  if (bin.upTo !== null) return `up to ${text(bin.upTo)}`;
  const below = bins[at - 1]?.upTo;
  return below === null || below === undefined ? 'all' : `above ${text(below)}`;
}

/** What stands under the plot: lowest and highest edge of numbers, first letters of stages, or the answers. */
export function axisWords(bins: readonly DriftBin[], quantity: DriftQuantity): string[] {
  const { text } = QUANTITY_WORDS[quantity];
  if (bins.some(({ name }) => name !== null)) {
    return bins.map(({ name }) =>
      name !== null && [...MATURITY_STAGES, 'yes', 'no'].includes(name) ? name : 'n. a.',
    );
  }
  const edges = bins.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]));
  const [first, last] = [edges.at(0), edges.at(-1)];
  if (first === undefined || last === undefined) return [];
  return first === last ? [text(first)] : [`\u2264 ${text(first)}`, `> ${text(last)}`];
}

/** How far the gathering of cases has come, in a sentence. */
export function seriesText({ series, referenceAt, waiting, needed, latest }: WatchedSeries): string {
  const cases = series === 'analysed' ? 'analysed cases' : 'read cases';
  if (referenceAt === null) return `Reference: ${waiting} of the first ${needed} ${cases}.`;
  const next = `${waiting} of ${needed} ${cases} towards the next window.`;
  return latest
    ? `Window ${latest.number}, ${latest.cases} ${cases}. ${next}`
    : `Reference complete. ${next}`;
}
