import * as tf from './tf.ts';

/** The pure JavaScript backend: a reference for checks, hundreds of times slower than the others. */
export async function startCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  // Without it, its first use recommends another package on stderr.
  tf.enableProdMode();
  await tf.setBackend('cpu');
}
