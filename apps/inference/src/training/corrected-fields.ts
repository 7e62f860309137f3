import { DomainError, type TrainingField } from '@blastwise/contracts';
import type { BlobStore } from '@blastwise/db/blobs';
import { type CorrectedField, decodeImage, inspectBytes, openPredictor } from '@blastwise/model';

export interface ReadingOptions {
  blobs: BlobStore;
  signal: AbortSignal;
  onField: (done: number) => void;
}

/** Fields that the network reads in one run. */
const BATCH = 8;

/**
 * What the base's own network extracts from every field, with the fingerprints of its image.
 *
 * @throws DomainError NOT_FOUND where an image is missing, the decoder's where it is none, both naming the field; the
 * signal's reason.
 */
export async function correctedFields(
  baseDir: string,
  fields: readonly TrainingField[],
  { blobs, signal, onField }: ReadingOptions,
): Promise<CorrectedField[]> {
  // One thread: predictions of the service come first.
  const base = await openPredictor(baseDir, { threads: 1, batch: BATCH });
  try {
    const read: CorrectedField[] = [];
    for (let at = 0; at < fields.length; at += BATCH) {
      signal.throwIfAborted();
      read.push(...(await readBatch(base, fields.slice(at, at + BATCH), blobs)));
      onField(read.length);
    }
    return read;
  } finally {
    await base.close();
  }
}

async function readBatch(
  { predict }: Awaited<ReturnType<typeof openPredictor>>,
  batch: readonly TrainingField[],
  blobs: BlobStore,
): Promise<CorrectedField[]> {
  const files = await Promise.all(batch.map((field) => bytesOf(field, blobs)));
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

async function bytesOf({ id, sha256 }: TrainingField, blobs: BlobStore): Promise<Uint8Array> {
  try {
    return await blobs.get(sha256);
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new DomainError(cause.code, `The image of field ${id} cannot be read: ${cause.message}`, { cause });
  }
}
