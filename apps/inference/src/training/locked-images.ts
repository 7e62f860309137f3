import { listLockedTestSets, type Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import { inspectBytes, type LockedImage } from '@blastwise/model';

/** The images of every locked test set with their fingerprints: nothing like them may be learned from (R8). */
export async function lockedImages(
  db: Queryable,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<LockedImage[]> {
  const images: LockedImage[] = [];
  for (const set of await listLockedTestSets(db)) {
    for (const { blobSha256: sha256, stage, group } of set.images ?? []) {
      signal.throwIfAborted();
      const name = `${set.name}, image ${sha256.slice(0, 12)}`;
      const fingerprint = await inspectBytes({ path: name, file: '', stage }, await blobs.get(sha256));
      images.push({ name, group, sha256, fingerprint });
    }
  }
  return images;
}
