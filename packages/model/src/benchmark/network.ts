import { buildHybrid, loadWeights } from '../architecture/index.ts';
import { hybridConfigOf, loadArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import { decodeImage, encodeJpeg, encodeMaskPng, preprocess, type RgbImage } from '../images/index.ts';
import { openPredictor, openSession } from '../serving/index.ts';
import { median, type Timing, timeRuns } from './timing.ts';

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

const ROUNDS = 4;
const RUNS = { runs: 10, warmups: 2 };

/**
 * From the bytes of a JPEG to the prediction and the bytes of its mask's PNG, and the bare network between them: in rounds,
 * one after the other, so that a machine that slows down meanwhile slows both.
 */
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
    const [paths, networks]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      networks.push((await timeRuns(() => session.run([field]), RUNS)).median);
      paths.push((await timeRuns(walk, RUNS)).median);
    }
    const runs = ROUNDS * RUNS.runs;
    return { path: { median: median(paths), runs }, network: { median: median(networks), runs } };
  } finally {
    await session.close();
    await predictor.close();
  }
}
