import { DEMO_PREFIX } from '@blastwise/contracts';
import { eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../client.ts';
import { cases, images } from '../schema/index.ts';

/**
 * The patient of a joined case, named by the first case under the same pseudonym: who groups cases needs no pseudonym, and a case
 * that comes later changes no name.
 */
export const patientOfCase: SQL<string> = sql`(select first_case.id from cases as first_case
  where first_case.pseudonym = ${cases.pseudonym} order by first_case.created_at, first_case.id limit 1)`;

/** Whether a joined case is no demonstration. */
export const isNoDemo: SQL = sql`not starts_with(${cases.pseudonym}, ${DEMO_PREFIX})`;

/** Those of the identifiers that may be fields here: models of other installations name theirs as they like. */
const fieldIds = (ids: readonly string[]): string[] =>
  [...new Set(ids)].filter((id) => z.uuid().safeParse(id).success);

const isAmong = (ids: readonly string[]): SQL => sql`${images.id} = any(${sql.param(ids)}::uuid[])`;

/** The cases of fields, by field; one of another installation has none here. */
export async function casesOfFields(
  db: Queryable,
  imageIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: images.id, caseId: images.caseId })
    .from(images)
    .where(isAmong(fieldIds(imageIds)));
  return new Map(rows.map(({ id, caseId }) => [id, caseId]));
}

/** The patients whose fields are among these. */
export async function patientsOfFields(
  db: Queryable,
  imageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ patient: patientOfCase })
    .from(images)
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(isAmong(fieldIds(imageIds)));
  return new Set(rows.map(({ patient }) => patient));
}
