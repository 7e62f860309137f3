import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerGradientKernels } from './kernels/index.ts';
import * as tf from './tf.ts';

/** XNNPACK in WebAssembly with SIMD and one thread (threads do not help training), plus our gradient kernels. */
export async function startWasm(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(main) + sep);
  setThreadsCount(1);
  registerGradientKernels();
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('this processor has no SIMD');
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
}
