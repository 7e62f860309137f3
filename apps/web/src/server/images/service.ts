import { DomainError, maturityStageSchema } from '@blastwise/contracts';
import { imageBlobs } from '@blastwise/db';
import { z } from 'zod';
import type { ActiveSession } from '../auth/session.ts';
import { aiShownOf } from '../cases/ai-shown.ts';
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

type Layer = 'mask' | 'nucleus' | { readonly heatmapOf: string };

const layerSha256 = (blobs: Awaited<ReturnType<typeof blobsOf>>, layer: Layer): string | null => {
  if (layer === 'mask') return blobs.maskSha256;
  if (layer === 'nucleus') return blobs.nucleusSha256;
  const stage = maturityStageSchema.safeParse(layer.heatmapOf);
  return (stage.success && blobs.heatmaps?.[stage.data]) || null;
};

/**
 * What the analysis in force draws over a field: cells and nuclei as PNG of 0 and 255, the evidence for a stage as
 * grey PNG. NOT_FOUND before it, where the model draws no such layer, and where the AI is hidden from the caller (R12, R13).
 */
export async function layerImage(
  services: Services,
  session: ActiveSession,
  imageId: string,
  layer: Layer,
): Promise<Uint8Array> {
  const blobs = await blobsOf(services, imageId);
  const sha256 = layerSha256(blobs, layer);
  if (sha256 === null || !(await aiShownOf(services, session, imageId))) throw notFound();
  return services.blobs.get(sha256);
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
