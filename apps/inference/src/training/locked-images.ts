import { DomainError } from '@blastwise/contracts';
import { listLockedTestSets, listModels, lockedTestFiles, type Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import type { ModelStore } from '@blastwise/db/model-store';
import {
  type Artifact,
  decodeLockedTest,
  type FeatureTable,
  inspectBytes,
  type LockedImage,
  learnedImages,
  loadArtifact,
  markedImages,
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
 * The test sides that registered models keep landmarks of: of the locked test sets that hold no images, whichever model brought
 * them. A model whose files cannot be read is passed over.
 */
export async function lockedMarks(
  db: Queryable,
  models: Pick<ModelStore, 'folderOf'>,
  signal: AbortSignal,
): Promise<LockedImage[]> {
  const marked = new Map<string, LockedImage>();
  for (const { digest } of await listModels(db)) {
    signal.throwIfAborted();
    const artifact = await loadArtifact(models.folderOf(digest)).catch((error: unknown) => {
      if (error instanceof DomainError) return null;
      throw error;
    });
    for (const image of artifact ? markedImages(artifact, ['test']) : []) marked.set(image.sha256, image);
  }
  return [...marked.values()];
}

/**
 * Whatever was opened while it was trained: a model that has learned from a locked image is not made known.
 * @throws DomainError LEAK_FOUND.
 */
export async function refuseModelOfLocked(db: Queryable, artifact: Artifact): Promise<void> {
  refuseLearned(artifact.digest.slice(0, 12), learnedImages(artifact), await lockedTestFiles(db));
}
