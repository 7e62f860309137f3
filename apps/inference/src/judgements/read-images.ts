import { DomainError, type LockedTestImage } from '@blastwise/contracts';
import { type ImageAnswer, type Provider, WorkerLink } from '@blastwise/model';

/** What the thread that reads is started with. */
export interface ReadingSetup {
  /** Of the model's artifact. */
  readonly folder: string;
  readonly provider: Provider;
  readonly blobDir: string;
}

export type StoredImage = Pick<LockedTestImage, 'blobSha256' | 'stage' | 'group'>;

/** What the model answers to images, in order. @throws what reading one throws, and the signal's reason. */
export type ReadImages = (images: readonly StoredImage[]) => Promise<ImageAnswer[]>;

const WORKER_FILE = new URL('./reading-worker.ts', import.meta.url);
/** Images of one call: the reading ends after one where it is aborted. */
const AT_ONCE = 8;

/**
 * Opens a model in a thread of its own for as long as `work` asks it about images.
 * @throws DomainError ARTIFACT_INVALID, ENGINE_UNAVAILABLE; INTERNAL where the thread crashes; what `work` throws.
 */
export async function withReader<T>(
  setup: ReadingSetup,
  signal: AbortSignal,
  work: (read: ReadImages) => Promise<T>,
  file = WORKER_FILE,
): Promise<T> {
  const link = await WorkerLink.open<readonly StoredImage[], ImageAnswer[]>(file, setup);
  try {
    return await work(async (images) => {
      const answers: ImageAnswer[] = [];
      for (let first = 0; first < images.length; first += AT_ONCE) {
        signal.throwIfAborted();
        answers.push(...(await link.run(images.slice(first, first + AT_ONCE)).catch(crashed)));
      }
      return answers;
    });
  } finally {
    await link.close();
  }
}

/** UNAVAILABLE says that trying again helps: an image that ends a network would end the next one, too. */
function crashed(cause: unknown): never {
  if (!(cause instanceof DomainError) || cause.code !== 'UNAVAILABLE') throw cause;
  throw new DomainError('INTERNAL', 'The model stopped while it read the images.', { cause });
}
