import { join } from 'node:path';
import type { ClaimedTraining, Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import { RETRAINING_RECIPE, type RetrainedHead, retrainHead } from '@blastwise/model';
import { correctedFields } from './corrected-fields.ts';
import { lockedFeatures, lockedImages } from './locked-images.ts';
import type { TrainingRun } from './training-run.ts';

export interface HeadRun extends TrainingRun {
  readonly db: Queryable;
  readonly blobs: BlobStore;
}

/** Has the base read the settled fields and trains its head. */
export async function trainHead(
  { manifest, costWeight, seed }: ClaimedTraining,
  { base, folder, costs, db, blobs, signal, note, onEpoch }: HeadRun,
): Promise<RetrainedHead> {
  const fields = await correctedFields(base, manifest, {
    blobs,
    signal,
    onField: (done) => note({ phase: 'fields', done, of: manifest.length }),
  });
  return retrainHead(base, fields, {
    recipe: { ...RETRAINING_RECIPE, costWeight: costWeight ?? 0 },
    costs,
    seed,
    lockedImages: await lockedImages(db, blobs, signal),
    lockedFeatures: await lockedFeatures(db, blobs),
    folder: join(folder, 'head'),
    resume: true,
    signal,
    onProgress: onEpoch,
  });
}
