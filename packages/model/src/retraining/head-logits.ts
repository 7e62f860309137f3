import { MATURITY_STAGES, type StageVector } from '@blastwise/contracts';
import * as tf from '../engine/tf.ts';

const BATCH = 256;
const K = MATURITY_STAGES.length;

/** Stage logits of features [rows, the head's input length], without dropout. */
export async function headLogits(head: tf.LayersModel, features: Float32Array): Promise<StageVector[]> {
  const dimension = head.inputs[0]?.shape[1] ?? 0;
  const logits: StageVector[] = [];
  for (let first = 0; first < features.length; first += BATCH * dimension) {
    const some = features.subarray(first, first + BATCH * dimension);
    const answer = tf.tidy(
      () => head.predict(tf.tensor2d(some, [some.length / dimension, dimension])) as tf.Tensor,
    );
    const values = await answer.data();
    answer.dispose();
    const at = (i: number) => values[i] ?? Number.NaN;
    for (let i = 0; i < values.length; i += K) logits.push([at(i), at(i + 1), at(i + 2), at(i + 3)]);
  }
  return logits;
}
