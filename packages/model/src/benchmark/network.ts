import { buildHybrid, loadWeights } from '../architecture/index.ts';
import { hybridConfigOf, loadArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import { decodeImage, encodeJpeg, encodeMaskPng, preprocess, type RgbImage } from '../images/index.ts';
import { openPredictor, openSession } from '../serving/index.ts';
import { type Timing, timeInTurns } from './timing.ts';

/**
 * One field through the network of an artifact: ONNX Runtime on every core beside tfjs on WebAssembly with our kernels, which takes one
 * thread.
 * WebAssembly is compiled anew while it runs: until its fifth run or so it takes longer.
 */
export async function timeNetwork(dir: string, image: RgbImage): Promise<{ onnx: Timing; wasm: Timing }> {
  const artifact = await loadArtifact(dir);
  const { field } = await preprocess(image);
  const session = await openSession(await exportOnnx(artifact), { outputs: HYBRID_OUTPUTS });
  await selectEngine('wasm');
  const parts = buildHybrid(hybridConfigOf(artifact.manifest, 'timed'));
  loadWeights(parts.whole, artifact.weights);
  const predict = () =>
    tf.tidy(() => {
      const input = tf.tensor4d(Float32Array.from(field.data), [1, field.height, field.width, 3]);
      for (const output of parts.whole.predict(input) as tf.Tensor[]) output.dataSync();
    });
  try {
    const [onnx, wasm] = await timeInTurns([() => session.run([field]), predict], {
      rounds: 4,
      runs: 8,
      warmups: 5,
    });
    return { onnx, wasm };
  } finally {
    await session.close();
    parts.dispose();
  }
}

/** From the bytes of a JPEG to the prediction and the bytes of its mask's PNG, and the bare network between them. */
export async function timeWholePath(
  dir: string,
  image: RgbImage,
): Promise<{ path: Timing; network: Timing }> {
  const bytes = await encodeJpeg(image, 92);
  const { field } = await preprocess(image);
  const predictor = await openPredictor(dir);
  const session = await openSession(await exportOnnx(predictor.artifact), { outputs: HYBRID_OUTPUTS });
  const walk = async () => {
    const [prediction] = await predictor.predict([await decodeImage(bytes)]);
    if (prediction) await encodeMaskPng(prediction.mask, image.width, image.height);
  };
  try {
    const [network, path] = await timeInTurns([() => session.run([field]), walk], {
      rounds: 4,
      runs: 10,
      warmups: 2,
    });
    return { path, network };
  } finally {
    await session.close();
    await predictor.close();
  }
}
