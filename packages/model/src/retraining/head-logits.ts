import { MATURITY_STAGES, type StageVector } from '@blastwise/contracts';
import type * as tf from '../engine/tf.ts';
import { openAnswerer } from '../training/answerer.ts';

const BATCH = 256;
const K = MATURITY_STAGES.length;

/** Stage logits of features [rows, the head's input length], without dropout. */
export async function headLogits(head: tf.LayersModel, features: Float32Array): Promise<StageVector[]> {
  const dimension = head.inputs[0]?.shape[1] ?? 0;
  const logits: StageVector[] = [];
  const network = await openAnswerer(head, BATCH);
  try {
    for (let first = 0; first < features.length; first += BATCH * dimension) {
      const some = features.subarray(first, first + BATCH * dimension);
      const [values = new Float32Array()] = await network.answer([some], some.length / dimension);
      const at = (i: number) => values[i] ?? Number.NaN;
      for (let i = 0; i < values.length; i += K) logits.push([at(i), at(i + 1), at(i + 2), at(i + 3)]);
    }
  } finally {
    await network.close();
  }
  return logits;
}
