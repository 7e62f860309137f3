import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { ClaimedTraining, Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import type { ModelStore } from '@blastwise/db/model-store';
import {
  heldOutImages,
  type LockedImage,
  loadArtifact,
  RETRAINING_RECIPE,
  type RetrainedHead,
  readCorrected,
  retrainHead,
  splitOfBase,
  verifyBaseFolder,
} from '@blastwise/model';
import { lockedFeatures, lockedImages, lockedMarks } from './locked-images.ts';
import type { TrainingRun } from './training-run.ts';

export interface HeadRun extends TrainingRun {
  readonly db: Queryable;
  readonly blobs: BlobStore;
  readonly models: ModelStore;
  /** Where it is the data of the base, near-duplicates of what the base is held out from are known too. */
  readonly dataFolder: string | null;
}

/** Has the base read the settled fields and trains its head. */
export async function trainHead(
  { manifest, costWeight, seed, passedOver }: ClaimedTraining,
  { base, folder, costs, db, blobs, models, dataFolder, signal, note, onEpoch }: HeadRun,
): Promise<RetrainedHead> {
  const fields = await readCorrected(base, manifest, {
    readFile: (sha256) => blobs.get(sha256),
    signal,
    onField: (done) => note({ phase: 'fields', done, of: manifest.length }),
  });
  return retrainHead(base, fields, {
    recipe: { ...RETRAINING_RECIPE, costWeight: costWeight ?? 0 },
    costs,
    seed,
    passedOver: passedOver ?? undefined,
    lockedImages: [
      ...(await lockedImages(db, blobs, signal)),
      ...(await lockedMarks(db, models, signal)),
      ...(dataFolder ? await heldOutByBase(base, dataFolder, signal) : []),
    ],
    lockedFeatures: await lockedFeatures(db, blobs),
    folder: join(folder, 'head'),
    resume: true,
    signal,
    onProgress: onEpoch,
  });
}

/** Nothing where the folder is not the data of the base. */
async function heldOutByBase(base: string, dataFolder: string, signal: AbortSignal): Promise<LockedImage[]> {
  try {
    const files = await verifyBaseFolder(dataFolder, splitOfBase(await loadArtifact(base)), signal);
    return await heldOutImages(files, signal);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}
