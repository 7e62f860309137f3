import { buildUNet } from '../architecture/index.ts';
import { type ChosenEngine, selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { seededRandom } from '../random/index.ts';
import { type Timing, timeRuns } from './timing.ts';

/** Side of the crop and number of crops in a step: as in training, only small enough for the cpu backend. */
const SIDE = 80;
const BATCH = 1;

/** One step of training the U-Net (8-16-32-64): forwards, backwards, Adam. */
export async function timeTrainingStep(engine: ChosenEngine, runs: number, warmups: number): Promise<Timing> {
  await selectEngine(engine);
  const model = buildUNet({
    size: SIDE,
    inputChannels: 3,
    maskChannels: 1,
    filters: [8, 16, 32, 64],
    seed: 1,
  });
  const random = seededRandom(1);
  const values = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.next());
  const images = tf.tensor4d(values(BATCH * SIDE * SIDE * 3), [BATCH, SIDE, SIDE, 3]);
  const labels = tf.round(tf.tensor4d(values(BATCH * SIDE * SIDE), [BATCH, SIDE, SIDE, 1]));
  const optimiser = tf.train.adam(1e-4);
  const step = (): void => {
    const loss = optimiser.minimize(() => {
      const logits = model.apply(images, { training: true }) as tf.Tensor4D;
      return tf.losses.sigmoidCrossEntropy(labels, logits) as tf.Scalar;
    }, true);
    loss?.dataSync();
    loss?.dispose();
  };
  try {
    return await timeRuns(step, { runs, warmups });
  } finally {
    model.dispose();
    optimiser.dispose();
    tf.dispose([images, labels]);
  }
}
