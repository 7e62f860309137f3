import { createHash } from 'node:crypto';
import type { TrainingField, TrainingManifest } from '@blastwise/contracts';
import { and, asc, desc, eq, isNotNull, notExists } from 'drizzle-orm';
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '../client.ts';
import { cases, corrections, imageStates, images } from '../schema/index.ts';
import { patientOfCase } from './patients.ts';

/** All weigh like the base's own fields: nothing measured speaks for another weight. */
const WEIGHT = 1;

/** Every field that is settled as one of the four stages, by identifier; its patient is its group. */
export async function settledFields(db: Queryable): Promise<TrainingField[]> {
  const rows = await db
    .select({
      id: images.id,
      group: patientOfCase,
      stage: imageStates.adjudicatedStage,
      sha256: images.blobSha256,
    })
    .from(imageStates)
    .innerJoin(images, eq(images.id, imageStates.imageId))
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(isNotNull(imageStates.adjudicatedStage))
    .orderBy(asc(images.id));
  return rows.flatMap(({ stage, ...field }) => (stage ? [{ ...field, stage, weight: WEIGHT }] : []));
}

type MaskColumn = typeof corrections.maskSha256 | typeof corrections.nucleusSha256;

/** The mask that stands, by field: of the latest reading that corrected it and was not superseded. */
async function standingMasks(db: Queryable, column: MaskColumn): Promise<Map<string, string>> {
  const later = alias(corrections, 'later');
  const supersedes: AnyPgColumn = later.supersedesId;
  const rows = await db
    .selectDistinctOn([corrections.imageId], { imageId: corrections.imageId, sha256: column })
    .from(corrections)
    .where(and(isNotNull(column), notExists(db.select().from(later).where(eq(supersedes, corrections.id)))))
    .orderBy(corrections.imageId, desc(corrections.createdAt), desc(corrections.id));
  return new Map(rows.flatMap(({ imageId, sha256 }) => (sha256 ? [[imageId, sha256]] : [])));
}

/** The settled fields with the masks that readers drew on them. */
export async function settledFieldsWithMasks(db: Queryable): Promise<TrainingField[]> {
  const fields = await settledFields(db);
  const cells = await standingMasks(db, corrections.maskSha256);
  const nuclei = await standingMasks(db, corrections.nucleusSha256);
  return fields.map((field) => {
    const masks = { cells: cells.get(field.id) ?? null, nuclei: nuclei.get(field.id) ?? null };
    return masks.cells || masks.nuclei ? { ...field, masks } : field;
  });
}

/**
 * SHA-256 over id, group, stage, weight and file hash of every field as JSON arrays, in the order given; of a field with
 * masks that readers drew also their hashes, cells first.
 */
export function trainingManifestDigest(manifest: TrainingManifest): string {
  const rows = manifest.map(({ id, group, stage, weight, sha256, masks }) => [
    ...[id, group, stage, weight, sha256],
    ...(masks ? [masks.cells, masks.nuclei] : []),
  ]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
