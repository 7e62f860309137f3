import * as tf from './tf.ts';

// A variable, because the optional package has no types where its install script could not run.
const NODE_GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';

/** TensorFlow's native CUDA library. Any import error (not installed, no native part) means unavailable. */
export async function startNodeGpu(): Promise<void> {
  await import(NODE_GPU_PACKAGE);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the native backend did not start');
}
