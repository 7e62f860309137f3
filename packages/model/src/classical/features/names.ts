/** Equal bins of a channel over 0..1. */
export const BINS = 16;

/** One of the hand-made features: what people call it and what it measures. */
export interface FeatureDescription {
  readonly name: string;
  readonly about: string;
}

const CHANNELS = ['red', 'green', 'blue'] as const;

const histogram = (channel: string): FeatureDescription[] =>
  Array.from({ length: BINS }, (_, bin) => ({
    name: `${channel}-${bin}`,
    about: `share of pixels whose ${channel} lies in ${bin}/${BINS}..${bin + 1}/${BINS} of its range`,
  }));

/**
 * The 62 features in their order, all of the field at 150 x 150 with channels and grey in 0..1. The first 60 are those
 * that the study names. Its code let every image choose the breaks of its own histograms, so that a column meant another
 * brightness, and their number another width, from image to image; here the breaks are fixed. The last two, count and spread
 * of the components, make up its 62.
 */
export const FEATURES: readonly FeatureDescription[] = [
  ...CHANNELS.flatMap(histogram),
  { name: 'grey-contrast', about: 'variance of the grey values' },
  {
    name: 'grey-skewness',
    about: 'third standardised moment of the grey values; 0 where they do not differ',
  },
  {
    name: 'grey-kurtosis',
    about: 'fourth standardised moment, 3 for a normal spread; 0 where they do not differ',
  },
  { name: 'grey-mean', about: 'mean grey value' },
  { name: 'grey-sd', about: 'standard deviation of the grey values' },
  { name: 'grey-max', about: 'highest grey value' },
  { name: 'grey-min', about: 'lowest grey value' },
  { name: 'gradient-mean', about: 'mean length of the grey gradient, a pixel, by central differences' },
  { name: 'gradient-sd', about: 'standard deviation of its length' },
  {
    name: 'component-area',
    about: 'mean area, in pixels, of the connected parts (8 neighbours) brighter than 0.5',
  },
  {
    name: 'component-perimeter',
    about: 'their mean outline, in pixel edges, the border of the field included',
  },
  { name: 'component-circularity', about: 'mean of 4 pi area / perimeter^2, pi/4 for a square' },
  { name: 'component-count', about: 'number of those parts' },
  { name: 'component-area-sd', about: 'standard deviation of their areas' },
];

/** Values a field. */
export const FEATURE_COUNT = FEATURES.length;
