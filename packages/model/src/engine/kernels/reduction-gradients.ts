import * as tf from '../tf.ts';
import type { KernelAttributes } from './registry.ts';

const registered = new Set<string>();

/**
 * Gradients of `Sum` and `Mean` on every engine: the given gradient, spread over what was added up. The stock ones make a tensor
 * of ones of the input's size in JavaScript and multiply by it.
 */
export function registerReductionGradients(): void {
  for (const kernelName of ['Sum', 'Mean'] as const) {
    if (registered.has(kernelName)) continue;
    registered.add(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc: (given, [x], attributes) => {
        const dy = given as tf.Tensor;
        const { shape } = x as tf.Tensor;
        const axes = tf.util.parseAxisParam(
          (attributes as KernelAttributes).axis as number | number[],
          shape,
        );
        const kept = shape.map((d, axis) => (axes.includes(axis) ? 1 : d));
        const added = kernelName === 'Mean' ? tf.util.sizeFromShape(shape) / tf.util.sizeFromShape(kept) : 1;
        return { x: () => tf.broadcastTo(tf.reshape(added === 1 ? dy : tf.div(dy, added), kept), shape) };
      },
    });
  }
}
