import { writeFile } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import { buildHybrid, type HybridConfig, loadWeights } from '../architecture/index.ts';
import { type Artifact, loadArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import type { RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { type OnnxSession, openSession } from '../serving/session.ts';
import { exportOnnx } from './artifact.ts';
import { HYBRID_OUTPUTS } from './hybrid.ts';

/** Largest differences allowed between ONNX Runtime and tfjs. */
export const PARITY_TOLERANCE = { probability: 1e-4, mask: 1e-3 } as const;

/** Largest absolute differences seen between the exported network in ONNX Runtime and the model in tfjs. */
export interface ParityReport {
  readonly fields: number;
  readonly probability: number;
  readonly mask: number;
}

/** A field of smooth random colours, which reaches more of a network's range than noise or a real field. */
function colourField(size: number, seed: number): RgbImage {
  const random = seededRandom(seed);
  return tf.tidy(() => {
    const coarse = tf.tensor3d(
      Array.from({ length: 8 * 8 * 3 }, () => random.next() * 255),
      [8, 8, 3],
    );
    const smooth = tf.image.resizeBilinear(coarse, [size, size]).dataSync();
    return { width: size, height: size, data: Uint8Array.from(smooth) };
  });
}

/** What tfjs answers to one field: probabilities by a plain softmax, and the mask. */
function answerInTfjs(model: tf.LayersModel, { data, width, height }: RgbImage) {
  return tf.tidy(() => {
    const image = tf.tensor4d(Float32Array.from(data), [1, height, width, 3]);
    const [logits, mask] = model.predict(image) as [tf.Tensor, tf.Tensor];
    return { probabilities: tf.softmax(logits).dataSync(), mask: mask.dataSync() };
  });
}

function answerInOnnx(result: Record<(typeof HYBRID_OUTPUTS)[number], Float32Array>) {
  const probabilities = tf.tidy(() => tf.softmax(tf.tensor1d(result.logits)).dataSync());
  return { probabilities, mask: result.mask };
}

/** NaN counts as an infinite difference. */
function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = Array.from(a, (v, i) => Math.abs(v - (b[i] ?? Number.NaN)));
  return differences.reduce((max, d) => (d <= max ? max : Number.isNaN(d) ? Number.POSITIVE_INFINITY : d), 0);
}

async function compare(
  session: OnnxSession<(typeof HYBRID_OUTPUTS)[number]>,
  model: tf.LayersModel,
  { size }: HybridConfig,
  fields: number,
): Promise<ParityReport> {
  const images = Array.from({ length: fields }, (_, i) => colourField(size, i + 1));
  const results = await session.run(images);
  const pairs = images.flatMap((image, i) => {
    const result = results[i];
    return result ? [{ ours: answerInOnnx(result), reference: answerInTfjs(model, image) }] : [];
  });
  return {
    fields: pairs.length,
    probability: Math.max(...pairs.map((p) => worst(p.ours.probabilities, p.reference.probabilities))),
    mask: Math.max(...pairs.map((p) => worst(p.ours.mask, p.reference.mask))),
  };
}

/** Runs an export beside the model it came from, on seeded fields, as a batch there and one by one here. */
export async function checkParity(artifact: Artifact, onnx: Uint8Array, fields = 4): Promise<ParityReport> {
  if (!tf.engine().backendName) await selectEngine('wasm');
  const session = await openSession(onnx, { outputs: HYBRID_OUTPUTS });
  const { config } = artifact.manifest.architecture;
  const parts = buildHybrid(config);
  try {
    loadWeights(parts.whole, artifact.weights);
    return await compare(session, parts.whole, config, fields);
  } finally {
    parts.dispose();
    await session.close();
  }
}

/**
 * Writes the network of the artifact in `dir` as the ONNX file `out`, after it has answered as tfjs does.
 *
 * @throws DomainError ARTIFACT_INVALID when the artifact is broken, or when the answers differ: nothing is written then.
 */
export async function exportOnnxWithParity(
  dir: string,
  out: string,
): Promise<ParityReport & { bytes: number }> {
  const artifact = await loadArtifact(dir);
  const onnx = await exportOnnx(artifact);
  const report = await checkParity(artifact, onnx);
  if (report.probability > PARITY_TOLERANCE.probability || report.mask > PARITY_TOLERANCE.mask) {
    const differences = `probabilities by ${report.probability.toExponential(1)}, masks by ${report.mask.toExponential(1)}`;
    throw new DomainError('ARTIFACT_INVALID', `The exported network answers differently: ${differences}.`);
  }
  await writeFile(out, onnx);
  return { ...report, bytes: onnx.length };
}
