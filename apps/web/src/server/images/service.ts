import { DomainError } from '@blastwise/contracts';
import { imageBlobs, serviceSettings } from '@blastwise/db';
import { z } from 'zod';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { Thumbnails } from './thumbnails.ts';

const notFound = (): DomainError => new DomainError('NOT_FOUND', 'There is no such image.');

async function blobsOf(services: Services, imageId: string) {
  const id = z.uuid().safeParse(imageId);
  const blobs = id.success ? await imageBlobs(services.db, id.data) : null;
  if (!blobs) throw notFound();
  return blobs;
}

/** The field's stored pixels, PNG. The reading is recorded. */
export async function originalImage(
  services: Services,
  session: ActiveSession,
  imageId: string,
): Promise<Uint8Array> {
  const { blobSha256 } = await blobsOf(services, imageId);
  await services.reads.record(services.db, session, { kind: 'image', id: imageId, fields: ['pixels'] });
  return services.blobs.get(blobSha256);
}

/** The cell mask of the analysis in force, PNG of 0 and 255; NOT_FOUND before it and while the AI is off. */
export async function maskImage(services: Services, imageId: string): Promise<Uint8Array> {
  const [{ maskSha256 }, { aiEnabled }] = await Promise.all([
    blobsOf(services, imageId),
    serviceSettings(services.db),
  ]);
  if (!aiEnabled || maskSha256 === null) throw notFound();
  return services.blobs.get(maskSha256);
}

/** A small WebP for the worklist; part of its reading. */
export async function thumbnailImage(
  services: Services,
  session: ActiveSession,
  imageId: string,
  thumbnails: Thumbnails,
): Promise<Uint8Array> {
  const { blobSha256 } = await blobsOf(services, imageId);
  await services.reads.record(services.db, session, {
    kind: 'worklist',
    id: null,
    fields: ['pseudonym', 'thumbnails'],
  });
  return thumbnails.of(blobSha256, () => services.blobs.get(blobSha256));
}
