import { listLockedTestSets, lockedTestFiles, type Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import {
  type Artifact,
  decodeLockedTest,
  type FeatureTable,
  inspectBytes,
  type LockedImage,
  learnedImages,
  refuseLearned,
} from '@blastwise/model';

/** The images of every locked test set with their fingerprints: nothing like them may be learned from (R8). */
export async function lockedImages(
  db: Queryable,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<LockedImage[]> {
  const images: LockedImage[] = [];
  for (const { stage, ...image } of await lockedTestFiles(db)) {
    signal.throwIfAborted();
    const field = { path: image.name, file: '', stage };
    images.push({ ...image, fingerprint: await inspectBytes(field, await blobs.get(image.sha256)) });
  }
  return images;
}

/** What networks see in the fields of the locked test sets that hold no images. */
export async function lockedFeatures(db: Queryable, blobs: BlobStore): Promise<FeatureTable[]> {
  const sets = (await listLockedTestSets(db)).filter(({ images }) => images === null);
  return Promise.all(sets.map(async ({ contentSha256 }) => decodeLockedTest(await blobs.get(contentSha256))));
}

/**
 * Whatever was opened while it was trained: a model that has learned from a locked image is not made known.
 * @throws DomainError LEAK_FOUND.
 */
export async function refuseModelOfLocked(db: Queryable, artifact: Artifact): Promise<void> {
  refuseLearned(artifact.digest.slice(0, 12), learnedImages(artifact), await lockedTestFiles(db));
}
