import type { MaturityStage } from '@blastwise/contracts';
import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { cases, imageStates, images } from '../schema/index.ts';
import { patientOfCase } from './patients.ts';

/** A field that is settled as one of the four stages. */
export interface AdjudicatedImage {
  readonly imageId: string;
  readonly caseId: string;
  /** Named by the patient's first case. */
  readonly patient: string;
  readonly blobSha256: string;
  readonly stage: MaturityStage;
}

/** Oldest first. */
export async function adjudicatedImages(db: Queryable): Promise<AdjudicatedImage[]> {
  const rows = await db
    .select({
      imageId: images.id,
      caseId: images.caseId,
      patient: patientOfCase,
      blobSha256: images.blobSha256,
      stage: imageStates.adjudicatedStage,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(isNotNull(imageStates.adjudicatedStage))
    .orderBy(asc(images.createdAt), asc(images.id));
  return rows.flatMap(({ stage, ...image }) => (stage ? [{ ...image, stage }] : []));
}
