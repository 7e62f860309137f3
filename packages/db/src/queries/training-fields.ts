import { createHash } from 'node:crypto';
import type { TrainingField, TrainingManifest } from '@blastwise/contracts';
import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { imageStates, images } from '../schema/index.ts';

/** All weigh like the base's own fields: nothing measured speaks for another weight. */
const WEIGHT = 1;

/** Every field that is settled as one of the four stages, by identifier; its case is its group. */
export async function settledFields(db: Queryable): Promise<TrainingField[]> {
  const rows = await db
    .select({
      id: images.id,
      group: images.caseId,
      stage: imageStates.adjudicatedStage,
      sha256: images.blobSha256,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .where(isNotNull(imageStates.adjudicatedStage))
    .orderBy(asc(images.id));
  return rows.flatMap(({ stage, ...field }) => (stage ? [{ ...field, stage, weight: WEIGHT }] : []));
}

/** SHA-256 over id, group, stage, weight and file hash of every field as JSON arrays, in the order given. */
export function trainingManifestDigest(manifest: TrainingManifest): string {
  const rows = manifest.map(({ id, group, stage, weight, sha256 }) => [id, group, stage, weight, sha256]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
