import { DomainError } from '@blastwise/contracts';
import type { Services } from '../services.ts';

const AT_ONCE = 8;

/**
 * Moves submitted uploads to where blobs stay for good; one that is there already is left alone.
 * @throws DomainError BAD_INPUT for one that was thrown away meanwhile.
 */
export async function keepUploads(
  services: Pick<Services, 'blobs' | 'uploads'>,
  digests: readonly string[],
): Promise<void> {
  const waiting = [...new Set(digests)];
  while (waiting.length > 0) {
    await Promise.all(waiting.splice(0, AT_ONCE).map((sha256) => keep(services, sha256)));
  }
}

async function keep({ blobs, uploads }: Pick<Services, 'blobs' | 'uploads'>, sha256: string): Promise<void> {
  if (await blobs.has(sha256)) return;
  const bytes = await uploads.get(sha256).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'NOT_FOUND')
      throw new DomainError('BAD_INPUT', 'An upload is no longer there; upload it again.');
    throw error;
  });
  await blobs.put(bytes);
}
