import * as tf from '../tf.ts';

export type KernelInputs = Record<string, tf.Tensor>;
export type KernelAttributes = Record<string, unknown>;
export type ComposedKernel = (inputs: KernelInputs, attributes: KernelAttributes) => tf.Tensor | tf.Tensor[];

type Backend = 'wasm' | 'webgpu';

/**
 * Registers a wasm kernel made of other kernels. The engine records nothing for gradients inside a kernel,
 * and `tidy` frees every intermediate, so a composed kernel leaves one tensor: its result.
 */
export function registerComposed(kernelName: string, kernel: ComposedKernel): void {
  if (tf.getKernel(kernelName, 'wasm')) return;
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => kernel(inputs as KernelInputs, (attrs ?? {}) as KernelAttributes)),
  });
}

const replaced = new Set<string>();

/**
 * Puts a faster or a correct composition before a stock kernel. The stock kernel keeps its set-up and answers
 * whatever does not apply to the composition.
 */
export function replaceWhere(
  kernelName: string,
  applies: (inputs: KernelInputs, attributes: KernelAttributes) => boolean,
  kernel: ComposedKernel,
  backend: Backend = 'wasm',
): void {
  const stock = tf.getKernel(kernelName, backend);
  const key = `${backend}/${kernelName}`;
  if (!stock || replaced.has(key)) return;
  replaced.add(key);
  tf.unregisterKernel(kernelName, backend);
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const inputs = call.inputs as KernelInputs;
      const attributes = (call.attrs ?? {}) as KernelAttributes;
      return applies(inputs, attributes) ? tf.tidy(() => kernel(inputs, attributes)) : stock.kernelFunc(call);
    },
  });
}
