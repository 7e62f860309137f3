import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';

const K = MATURITY_STAGES.length;

/** Label of a field that shows no stage, for its white cells are gone: the network shall lean to none. */
export const NO_STAGE = -1;

export interface TargetOptions {
  /** Loss weight of each stage. */
  readonly weights: readonly number[];
  /** Share of the target spread evenly over the stages (Szegedy et al. 2016). */
  readonly smoothing: number;
  /** Further weight of each row; 1 where not given. */
  readonly rowWeights?: Float32Array;
}

/** Targets [n, 4], each row times the weight of its label and its own; uniform under `NO_STAGE`. */
export function stageTargets(
  labels: Int32Array,
  { weights, smoothing, rowWeights }: TargetOptions,
): Float32Array {
  const targets = new Float32Array(labels.length * K).fill(smoothing / K);
  labels.forEach((label, i) => {
    if (label === NO_STAGE) {
      targets.fill(1 / K, i * K, (i + 1) * K);
      return;
    }
    const weight = (weights[label] ?? 1) * (rowWeights?.[i] ?? 1);
    for (let k = 0; k < K; k++) {
      targets[i * K + k] = weight * ((targets[i * K + k] ?? 0) + (k === label ? 1 - smoothing : 0));
    }
  });
  return targets;
}

/** What each answer to each row would cost [n, 4], in units of the dearest confusion; nothing under `NO_STAGE`. */
export function costRows(
  labels: Int32Array,
  { matrix }: CostMatrix,
  rowWeights?: Float32Array,
): Float32Array {
  const dearest = Math.max(...matrix.flat());
  const rows = [...labels].flatMap((label, i) => {
    const unit = (rowWeights?.[i] ?? 1) / dearest;
    return label === NO_STAGE ? matrix.map(() => 0) : [...(matrix[label] ?? [])].map((cost) => cost * unit);
  });
  return Float32Array.from(rows);
}
