import { writeFile } from 'node:fs/promises';
import { DomainError, type StageVector } from '@blastwise/contracts';
import { buildHybrid, loadWeights } from '../architecture/index.ts';
import { type Artifact, hybridConfigOf, loadArtifact, type Manifest } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import type { RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { type OnnxSession, openSession } from '../serving/session.ts';
import { exportOnnx } from './artifact.ts';
import { HYBRID_OUTPUTS } from './hybrid.ts';

/** Largest differences allowed between ONNX Runtime and tfjs, of calibrated probabilities and of mask values. */
export const PARITY_TOLERANCE = { probability: 1e-4, mask: 1e-3 } as const;

/** Largest absolute differences seen between the exported network in ONNX Runtime and the model in tfjs. */
export interface ParityReport {
  readonly fields: number;
  readonly probability: number;
  readonly mask: number;
}

/** Told of each field compared. */
type OnProgress = (done: number, total: number) => void;

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

type Answer = Pick<Record<(typeof HYBRID_OUTPUTS)[number], Float32Array>, 'logits' | 'mask'>;

function answerInTfjs(model: tf.LayersModel, { data, width, height }: RgbImage): Answer {
  return tf.tidy(() => {
    const image = tf.tensor4d(Float32Array.from(data), [1, height, width, 3]);
    const [logits, mask] = model.predict(image) as [tf.Tensor, tf.Tensor];
    return { logits: Float32Array.from(logits.dataSync()), mask: Float32Array.from(mask.dataSync()) };
  });
}

/** The probabilities that a reader sees: a temperature below 1 widens what differs in the logits. */
function probabilities({ logits }: Answer, calibration: Manifest['calibration']): StageVector {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = logits;
  return calibrate([a, b, c, d], calibration);
}

/** NaN counts as an infinite difference. */
function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = Array.from(a, (v, i) => Math.abs(v - (b[i] ?? Number.NaN)));
  return differences.reduce((max, d) => (d <= max ? max : Number.isNaN(d) ? Number.POSITIVE_INFINITY : d), 0);
}

async function compare(
  session: OnnxSession<(typeof HYBRID_OUTPUTS)[number]>,
  model: tf.LayersModel,
  manifest: Manifest,
  fields: number,
  onProgress: OnProgress,
): Promise<ParityReport> {
  const { calibration } = manifest;
  const { size } = hybridConfigOf(manifest, 'exported');
  const images = Array.from({ length: fields }, (_, i) => colourField(size, i + 1));
  const results = await session.run(images);
  const pairs = images.flatMap((image, i) => {
    const ours = results[i];
    if (!ours) return [];
    const reference = answerInTfjs(model, image);
    onProgress(i + 1, fields);
    return [{ ours, reference }];
  });
  const seen = (answer: Answer) => probabilities(answer, calibration);
  return {
    fields: pairs.length,
    probability: Math.max(...pairs.map((p) => worst(seen(p.ours), seen(p.reference)))),
    mask: Math.max(...pairs.map((p) => worst(p.ours.mask, p.reference.mask))),
  };
}

/** Runs an export beside the model it came from, on seeded fields, as a batch there and one by one here. */
export async function checkParity(
  artifact: Artifact,
  onnx: Uint8Array,
  { fields = 4, onProgress = () => undefined }: { fields?: number; onProgress?: OnProgress } = {},
): Promise<ParityReport> {
  if (!tf.engine().backendName) await selectEngine('wasm');
  const session = await openSession(onnx, { outputs: HYBRID_OUTPUTS });
  const parts = buildHybrid(hybridConfigOf(artifact.manifest, 'exported'));
  try {
    loadWeights(parts.whole, artifact.weights);
    return await compare(session, parts.whole, artifact.manifest, fields, onProgress);
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
  onProgress?: OnProgress,
): Promise<ParityReport & { bytes: number }> {
  const artifact = await loadArtifact(dir);
  const onnx = await exportOnnx(artifact);
  const report = await checkParity(artifact, onnx, onProgress ? { onProgress } : {});
  if (report.probability > PARITY_TOLERANCE.probability || report.mask > PARITY_TOLERANCE.mask) {
    const differences = `probabilities by ${report.probability.toExponential(1)}, masks by ${report.mask.toExponential(1)}`;
    throw new DomainError('ARTIFACT_INVALID', `The exported network answers differently: ${differences}.`);
  }
  await writeFile(out, onnx);
  return { ...report, bytes: onnx.length };
}
