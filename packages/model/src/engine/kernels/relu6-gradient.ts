import * as tf from '../tf.ts';

/**
 * The gradient of ReLU6, 1 where 0 < x <= 6, from two steps. The stock gradient compares, casts and
 * multiplies: ten times slower on wasm, where comparisons are plain loops. Same values on every engine.
 */
export function registerRelu6Gradient(): void {
  tf.registerGradient({
    kernelName: 'Relu6',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => {
      const x = saved[0] as tf.Tensor;
      return { x: () => tf.mul(dy as tf.Tensor, tf.sub(tf.step(x), tf.step(tf.sub(x, 6)))) };
    },
  });
}
