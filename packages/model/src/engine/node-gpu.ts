import * as tf from './tf.ts';

// A variable, because the optional package has no types where its install script could not run.
const NODE_GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';

/**
 * TensorFlow's native CUDA library. Any import error (not installed, no native part) means unavailable. The reason
 * is ours: the loader's would carry this machine's paths into run records and model cards.
 */
export async function startNodeGpu(): Promise<void> {
  try {
    await import(NODE_GPU_PACKAGE);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    const why = missing ? 'is not installed' : 'is installed without a native part that loads';
    throw new Error(`${NODE_GPU_PACKAGE} ${why}`, { cause });
  }
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the native backend did not start');
}
