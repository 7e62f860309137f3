import { DEMO_PREFIX } from '@blastwise/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { cases } from '../schema/index.ts';

/** The patient of a joined case, named by the first case under the same pseudonym: who groups cases needs no pseudonym. */
export const patientOfCase: SQL<string> = sql`(select first_case.id from cases as first_case
  where first_case.pseudonym = ${cases.pseudonym} order by first_case.id limit 1)`;

/** Whether a joined case is no demonstration. */
export const isNoDemo: SQL = sql`not starts_with(${cases.pseudonym}, ${DEMO_PREFIX})`;
