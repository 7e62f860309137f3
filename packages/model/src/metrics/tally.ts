import {
  type Analysis,
  type CostMatrix,
  type MaturityStage,
  type StageVector,
  stageIndex,
} from '@blastwise/contracts';
import { decide, minimumRisk, mostProbable } from '../decision/index.ts';

/** One field of a test set: its true stage, its calibrated probabilities, and the slide or look it belongs to. */
export interface EvaluationRow {
  actual: MaturityStage;
  probabilities: StageVector;
  /** Fields of one group are not independent; intervals are drawn over groups. */
  group: string;
  assessable: boolean;
  /** Stages that could not be ruled out, and whether the field is unlike those trained on; where the model says so. */
  predictionSet?: Analysis['predictionSet'];
  outOfDistribution?: Analysis['outOfDistribution'];
}

/** Bins of the expected calibration error (Guo et al. 2017). */
export const ECE_BINS = 15;

/** Where each sum stands in a tally: everything the metrics need, additive over fields and groups. */
export const TALLY = {
  mostProbable: 0,
  minimumRisk: 16,
  brier: 32,
  nll: 33,
  kept: 34,
  keptCost: 35,
  keptCorrect: 36,
  notAssessable: 37,
  binCount: 38,
  binConfidence: 38 + ECE_BINS,
  binCorrect: 38 + 2 * ECE_BINS,
  length: 38 + 3 * ECE_BINS,
} as const;

/** Sums of one group of fields; see {@link TALLY} for the places. */
export type Tally = Float64Array;

export const emptyTally = (): Tally => new Float64Array(TALLY.length);

export function addTally(into: Tally, other: Tally): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + (other[i] ?? 0);
}

/** Adds what the probabilities of one field say: Brier score, NLL and its bin of the calibration error. */
export function addProbabilities(
  tally: Tally,
  { actual, probabilities }: Pick<EvaluationRow, 'actual' | 'probabilities'>,
): void {
  const add = (place: number, value: number): void => {
    tally[place] = (tally[place] ?? 0) + value;
  };
  const truth = stageIndex(actual);
  const likeliest = stageIndex(mostProbable(probabilities));
  probabilities.forEach((p, i) => {
    add(TALLY.brier, (p - (i === truth ? 1 : 0)) ** 2);
  });
  add(TALLY.nll, -Math.log(Math.max(probabilities[truth] ?? 0, Number.EPSILON)));

  const confidence = probabilities[likeliest] ?? 0;
  // Bins are open below and closed above, so that certainty falls into the last one.
  const bin = Math.min(ECE_BINS - 1, Math.max(0, Math.ceil(confidence * ECE_BINS) - 1));
  add(TALLY.binCount + bin, 1);
  add(TALLY.binConfidence + bin, confidence);
  add(TALLY.binCorrect + bin, likeliest === truth ? 1 : 0);
}

/** Adds one field to a tally. */
export function addRow(tally: Tally, row: EvaluationRow, costs: CostMatrix): void {
  const add = (place: number, value: number): void => {
    tally[place] = (tally[place] ?? 0) + value;
  };
  const actual = stageIndex(row.actual);
  const likeliest = stageIndex(mostProbable(row.probabilities));
  const chosen = stageIndex(minimumRisk(row.probabilities, costs));
  add(TALLY.mostProbable + 4 * actual + likeliest, 1);
  add(TALLY.minimumRisk + 4 * actual + chosen, 1);

  addProbabilities(tally, row);

  if (!row.assessable) add(TALLY.notAssessable, 1);
  const { predictionSet = null, outOfDistribution = null } = row;
  const evidence = { assessable: row.assessable, reasons: [], predictionSet, outOfDistribution };
  if (row.assessable && !decide(row.probabilities, costs, evidence).defer) {
    add(TALLY.kept, 1);
    add(TALLY.keptCost, costs.matrix[actual]?.[chosen] ?? 0);
    add(TALLY.keptCorrect, chosen === actual ? 1 : 0);
  }
}

/** One tally per group, in the order in which the groups first appear. */
export function tallyGroups(rows: readonly EvaluationRow[], costs: CostMatrix): Tally[] {
  const groups = new Map<string, Tally>();
  for (const row of rows) {
    const tally = groups.get(row.group) ?? emptyTally();
    groups.set(row.group, tally);
    addRow(tally, row, costs);
  }
  return [...groups.values()];
}
