import { buildHybrid, loadWeights } from '../architecture/index.ts';
import { hybridConfigOf, loadArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import { decodeImage, encodeJpeg, encodeMaskPng, preprocess, type RgbImage } from '../images/index.ts';
import { openPredictor, openSession } from '../serving/index.ts';
import { type Timing, timeRuns } from './timing.ts';

/** One field through the network of an artifact: ONNX Runtime beside tfjs on WebAssembly, on the same cores. */
export async function timeNetwork(dir: string, image: RgbImage): Promise<{ onnx: Timing; wasm: Timing }> {
  const artifact = await loadArtifact(dir);
  const { field } = await preprocess(image);
  const session = await openSession(await exportOnnx(artifact), { outputs: HYBRID_OUTPUTS });
  const onnx = await timeRuns(() => session.run([field]), { runs: 20, warmups: 3 });
  await session.close();

  await selectEngine('wasm');
  const parts = buildHybrid(hybridConfigOf(artifact.manifest, 'timed'));
  loadWeights(parts.whole, artifact.weights);
  const wasm = await timeRuns(
    () =>
      tf.tidy(() => {
        const input = tf.tensor4d(Float32Array.from(field.data), [1, field.height, field.width, 3]);
        for (const output of parts.whole.predict(input) as tf.Tensor[]) output.dataSync();
      }),
    { runs: 5 },
  );
  parts.dispose();
  return { onnx, wasm };
}

/** From the bytes of a JPEG to the prediction and the bytes of its mask's PNG. */
export async function timeWholePath(dir: string, image: RgbImage): Promise<Timing> {
  const bytes = await encodeJpeg(image, 92);
  const predictor = await openPredictor(dir);
  try {
    return await timeRuns(
      async () => {
        const [prediction] = await predictor.predict([await decodeImage(bytes)]);
        if (prediction) await encodeMaskPng(prediction.mask, image.width, image.height);
      },
      { runs: 20, warmups: 3 },
    );
  } finally {
    await predictor.close();
  }
}
