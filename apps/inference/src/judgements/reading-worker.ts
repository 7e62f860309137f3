// Has a model read labelled images apart from the event loop: predictions and /readyz go first.
import { openBlobStore } from '@blastwise/db/blobs';
import { answerCalls, answersToImages, decodeImage, openPredictor } from '@blastwise/model';
import type { ReadingSetup, StoredImage } from './read-images.ts';

answerCalls(async ({ folder, provider, blobDir }: ReadingSetup) => {
  const blobs = openBlobStore(blobDir);
  // One thread of the network: what serves comes first.
  const predictor = await openPredictor(folder, { provider, threads: 1 });
  return {
    ready: null,
    run: (images: readonly StoredImage[]) =>
      answersToImages(
        predictor,
        images.map(({ blobSha256, stage, group }) => ({
          stage,
          group,
          read: async () => decodeImage(await blobs.get(blobSha256)),
        })),
      ),
    close: () => predictor.close(),
    buffersOf: () => [],
  };
});
