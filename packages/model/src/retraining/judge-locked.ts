import { type CostMatrix, DomainError, type MaturityStage, type StageVector } from '@blastwise/contracts';
import { type Calibration, calibrate } from '../calibration/index.ts';
import type * as tf from '../engine/tf.ts';
import { type GateOptions, type GateResult, judgeChallenger, pairOutcomes } from '../gate/index.ts';
import type { EvaluationRow } from '../metrics/index.ts';
import { headLogits } from './head-logits.ts';

/** A field of a locked test set. */
export interface LockedRow {
  readonly group: string;
  readonly stage: MaturityStage;
  /** As the base extracts them. */
  readonly features: Float32Array;
}

/** Locked fields and the rules of the gate. */
export interface LockedTest {
  readonly rows: readonly LockedRow[];
  readonly rules: Omit<GateOptions, 'seed'>;
}

type Scaling = Pick<Calibration, 'temperature' | 'bias'>;

/**
 * Takes down what a head answers to the locked fields now, as the champion; the function given back weighs what it
 * answers later against that.
 *
 * @throws DomainError BAD_INPUT for features of another length.
 */
export async function lockedJudge(head: tf.LayersModel, { rows, rules }: LockedTest, before: Scaling) {
  const features = joined(rows, head.inputs[0]?.shape[1] ?? 0);
  const answer = async (calibration: Scaling): Promise<EvaluationRow[]> => {
    const logits: StageVector[] = rows.length === 0 ? [] : await headLogits(head, features);
    return rows.flatMap(({ stage, group }, i) => {
      const z = logits[i];
      return z ? [{ actual: stage, group, probabilities: calibrate(z, calibration), assessable: true }] : [];
    });
  };
  const champion = await answer(before);
  return async (after: Scaling, costs: CostMatrix, seed: number): Promise<GateResult> =>
    judgeChallenger(pairOutcomes(champion, await answer(after), costs), costs, { ...rules, seed });
}

function joined(rows: readonly LockedRow[], dimension: number): Float32Array {
  const data = new Float32Array(rows.length * dimension);
  rows.forEach(({ features }, i) => {
    if (features.length !== dimension)
      throw new DomainError(
        'BAD_INPUT',
        `A locked field has ${features.length} features where the model has ${dimension}.`,
      );
    data.set(features, i * dimension);
  });
  return data;
}
