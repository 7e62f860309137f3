import { z } from 'zod';

/** What is watched of the fields that a model gets and of the answers that it gives. */
export const DRIFT_QUANTITIES = [
  'background-red',
  'background-blue',
  'background-brightness',
  'stain-red',
  'stain-blue',
  'stain-spread',
  'cells',
  'out-of-distribution',
  'stage',
  'confidence',
  'deferred',
  'corrected',
] as const;
export const driftQuantitySchema = z.enum(DRIFT_QUANTITIES);
export type DriftQuantity = z.infer<typeof driftQuantitySchema>;

/** Of the pixels alone: the same whichever model reads them, so that a new one changes nothing of what they are compared with. */
const OF_PIXELS: readonly DriftQuantity[] = [
  'background-red',
  'background-blue',
  'background-brightness',
  'stain-red',
  'stain-blue',
  'stain-spread',
];
export const outlivesModel = (quantity: DriftQuantity): boolean => OF_PIXELS.includes(quantity);

/** Cases make windows in the order in which they were analysed, and, for what readers say, in that of being read. */
export const DRIFT_SERIES = ['analysed', 'read'] as const;
export const driftSeriesSchema = z.enum(DRIFT_SERIES);
export type DriftSeries = z.infer<typeof driftSeriesSchema>;

export const seriesOf = (quantity: DriftQuantity): DriftSeries =>
  quantity === 'corrected' ? 'read' : 'analysed';

/** The reference is the first so many cases; each window after it holds so many. */
export const DRIFT_CASES = { reference: 40, window: 20 } as const;

const share = z.number().min(0).max(1);

/** Shares of the patients in one bin; a bin of numbers reaches up to `upTo`, the last one without end. */
export const driftBinSchema = z.object({
  name: z.string().nullable(),
  upTo: z.number().nullable(),
  reference: share,
  window: share,
});
export type DriftBin = z.infer<typeof driftBinSchema>;

/** One quantity of one window against the reference. */
export const driftFindingSchema = z.object({
  quantity: driftQuantitySchema,
  state: z.enum(['steady', 'drifting', 'too-few-cases']),
  /** `ks`: of numbers; `spread`: of how far they lie apart; `psi`: of the mix of stages; `difference`: of a share. */
  statistic: z.enum(['ks', 'spread', 'psi', 'difference']),
  /** The statistic and what it must exceed to be called drift; null: too few cases. */
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Population stability index over the bins; null: too few cases. */
  psi: z.number().nullable(),
  /** Patients that have the quantity; in windows of before patients were told apart, cases. */
  referenceCases: z.int().nonnegative(),
  windowCases: z.int().nonnegative(),
  bins: z.array(driftBinSchema),
});
export type DriftFinding = z.infer<typeof driftFindingSchema>;
