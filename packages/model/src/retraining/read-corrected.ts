import { inspectBytes } from '../dataset/index.ts';
import { decodeImage } from '../images/index.ts';
import { openPredictor, type Predictor } from '../serving/index.ts';
import type { CorrectedField } from './corrected-field.ts';
import { type CorrectedImage, type ReadFile, readNamed } from './network/corrected-image.ts';

export interface ReadingOptions {
  readonly readFile: ReadFile;
  readonly signal?: AbortSignal | undefined;
  /** Told how many are read. */
  readonly onField?: (done: number) => void;
}

/** Fields that the network reads in one run. */
const BATCH = 8;

/**
 * What the base's own network extracts from every corrected image, with the image's fingerprints, for `retrainHead`. One thread of
 * the network: predictions of a service beside it come first.
 *
 * @param baseDir the artifact's folder.
 * @throws DomainError what `readFile` throws and, where it is no image, the decoder's, the former naming the field; the signal's
 * reason.
 */
export async function readCorrected(
  baseDir: string,
  images: readonly CorrectedImage[],
  { readFile, signal, onField }: ReadingOptions,
): Promise<CorrectedField[]> {
  const base = await openPredictor(baseDir, { threads: 1, batch: BATCH });
  try {
    const read: CorrectedField[] = [];
    for (let at = 0; at < images.length; at += BATCH) {
      signal?.throwIfAborted();
      read.push(...(await readBatch(base, images.slice(at, at + BATCH), readFile)));
      onField?.(read.length);
    }
    return read;
  } finally {
    await base.close();
  }
}

async function readBatch(
  { predict }: Pick<Predictor, 'predict'>,
  batch: readonly CorrectedImage[],
  readFile: ReadFile,
): Promise<CorrectedField[]> {
  const files = await Promise.all(batch.map(({ id, sha256 }) => readNamed(readFile, id, 'image', sha256)));
  const fingerprints = await Promise.all(
    batch.map(({ id, stage }, i) =>
      inspectBytes({ path: id, file: '', stage }, files[i] ?? new Uint8Array()),
    ),
  );
  const predictions = await predict(await Promise.all(files.map((bytes) => decodeImage(bytes))));
  return batch.flatMap(({ id, group, stage, weight }, i) => {
    const [fingerprint, features] = [fingerprints[i], predictions[i]?.features];
    return fingerprint && features ? [{ id, group, stage, weight, features, fingerprint }] : [];
  });
}
