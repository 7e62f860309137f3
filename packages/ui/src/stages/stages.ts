/** The four maturity stages in their one order; digits 1 to 4 choose them on the keyboard. */
export const STAGES = ['Benign', 'Early', 'Pre', 'Pro'] as const;
export type StageName = (typeof STAGES)[number];

/** What a hematologist calls each stage. */
export const STAGE_MEANING: Readonly<Record<StageName, string>> = {
  Benign: 'hematogones',
  Early: 'early pre-B',
  Pre: 'pre-B',
  Pro: 'pro-B',
};

/** Colours from Okabe and Ito's set; never shown without the stage's shape and name. */
export const STAGE_COLOR: Readonly<Record<StageName, string>> = {
  Benign: 'var(--stage-benign)',
  Early: 'var(--stage-early)',
  Pre: 'var(--stage-pre)',
  Pro: 'var(--stage-pro)',
};

/** One number for every stage. */
export type ByStage = Readonly<Record<StageName, number>>;

/** The stage with the highest value; the earlier one wins a tie. */
export function topStage(values: ByStage): StageName {
  return STAGES.reduce((best, stage) => (values[stage] > values[best] ? stage : best), STAGES[0]);
}

/** A probability as a percentage that never claims certainty it does not have: 0.99996 reads ">99.9 %". */
export function percent(probability: number): string {
  if (probability > 0.999 && probability < 1) return '>99.9 %';
  if (probability > 0 && probability < 0.001) return '<0.1 %';
  return `${(probability * 100).toFixed(1)} %`;
}

/** A difference of two probabilities in percentage points, never rounded up to all of them: 0.99996 reads ">99.9 points". */
export const points = (difference: number): string => percent(difference).replace('%', 'points');

/** A cost with three figures; one too small to show is not shown as nothing: 0.0003 reads "<0.01". */
export function costText(cost: number): string {
  if (cost > 0 && cost < 0.005) return '<0.01';
  return cost >= 100 ? cost.toFixed(0) : cost >= 10 ? cost.toFixed(1) : cost.toFixed(2);
}
