import type * as tf from '../engine/tf.ts';
import * as ort from '../onnx-runtime/index.ts';

/** Runs an ONNX file once on one thread and returns the named outputs. For tests only. */
export async function runOnnx(
  onnx: Uint8Array,
  feeds: Readonly<Record<string, tf.Tensor>>,
  outputs: readonly string[],
): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(onnx, { intraOpNumThreads: 1 });
  const inputs = Object.entries(feeds).map(([name, t]) => {
    return [name, new ort.Tensor('float32', Float32Array.from(t.dataSync()), t.shape)] as const;
  });
  const result = await session.run(Object.fromEntries(inputs));
  await session.release();
  return outputs.map((name) => result[name]?.data as Float32Array);
}
