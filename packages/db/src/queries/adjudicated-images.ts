import type { MaturityStage } from '@blastwise/contracts';
import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { imageStates, images } from '../schema/index.ts';

/** A field that is settled as one of the four stages. */
export interface AdjudicatedImage {
  readonly imageId: string;
  readonly caseId: string;
  readonly blobSha256: string;
  readonly stage: MaturityStage;
}

/** Oldest first. */
export async function adjudicatedImages(db: Queryable): Promise<AdjudicatedImage[]> {
  const rows = await db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      blobSha256: images.blobSha256,
      stage: imageStates.adjudicatedStage,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .where(isNotNull(imageStates.adjudicatedStage))
    .orderBy(asc(images.createdAt), asc(images.id));
  return rows.flatMap(({ stage, ...image }) => (stage ? [{ ...image, stage }] : []));
}
