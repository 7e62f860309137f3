import { startWasm } from './wasm.ts';

/**
 * ONNX Runtime on the processor for what learns as a graph (`differentiation`), WebAssembly for what does not and for
 * building networks.
 */
export async function startOnnx(): Promise<void> {
  await import('../onnx-runtime/index.ts');
  await startWasm();
}
