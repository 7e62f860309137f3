import { type AdjudicatedImage, adjudicatedImages, patientsOfFields, type Queryable } from '@blastwise/db';
import { type Artifact, learnedCorrections, reservedForTest } from '@blastwise/model';

export interface ReservedPatients {
  /** Their settled fields, oldest first. */
  readonly fields: readonly AdjudicatedImage[];
  /** Settled fields of reserved patients of whom one of the models has learned another field. */
  readonly leftOut: number;
}

/**
 * The patients that no training sees and of whom none of the models has learned anything. A model that was trained while cases were
 * the groups may have: decision 53.
 */
export async function reservedPatients(
  db: Queryable,
  models: readonly Artifact[],
): Promise<ReservedPatients> {
  const reserved = (await adjudicatedImages(db)).filter(({ patient }) => reservedForTest(patient));
  const learned = models.flatMap(learnedCorrections).map(({ id }) => id);
  const seen = await patientsOfFields(db, learned);
  const fields = reserved.filter(({ patient }) => !seen.has(patient));
  return { fields, leftOut: reserved.length - fields.length };
}
