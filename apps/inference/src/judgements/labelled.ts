import type { LockedTestImage } from '@blastwise/contracts';
import type { BlobStore } from '@blastwise/db/blobs';
import { decodeImage, type LabelledImage } from '@blastwise/model';

/** A stored image that is read when its turn comes. */
export const labelled = (
  { blobSha256, stage, group }: Pick<LockedTestImage, 'blobSha256' | 'stage' | 'group'>,
  blobs: Pick<BlobStore, 'get'>,
): LabelledImage => ({ stage, group, read: async () => decodeImage(await blobs.get(blobSha256)) });
