import { DomainError } from '@blastwise/contracts';
import { and, asc, desc, eq, ilike, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { caseStates, cases } from '../schema/index.ts';
import type { WorklistQuery } from './worklist-schemas.ts';

type Sort = WorklistQuery['sort'];

/** A place in the order: the sort value, as text that PostgreSQL reads back exactly, and the case. */
export interface Place {
  readonly value: string;
  readonly caseId: string;
}

const placeSchema = z.object({ value: z.string(), caseId: z.uuid(), sort: z.string() });

const KEYS = {
  newest: { column: caseStates.createdAt, type: sql.raw('timestamptz'), rising: false },
  'expected-cost': { column: caseStates.expectedCost, type: sql.raw('float8'), rising: false },
  margin: { column: caseStates.margin, type: sql.raw('float8'), rising: true },
} as const;

export const sortValue = (sort: Sort): SQL<string> => sql<string>`${KEYS[sort].column}::text`;

/** Cases equal in the sort value follow by identifier, so that the order is total. */
export function order(sort: Sort, backwards = false): SQL[] {
  const direction = KEYS[sort].rising === backwards ? desc : asc;
  return [direction(KEYS[sort].column), direction(caseStates.caseId)];
}

/** What comes after a place in the order, or before it. */
export function beyond(sort: Sort, place: Place, backwards = false): SQL {
  const { column, type, rising } = KEYS[sort];
  const operator = sql.raw(rising === backwards ? '<' : '>');
  return sql`(${column}, ${caseStates.caseId}) ${operator} (${place.value}::${type}, ${place.caseId}::uuid)`;
}

export function matches(query: Pick<WorklistQuery, 'status' | 'stage' | 'search'>): SQL | undefined {
  const search = query.search?.replaceAll(/[\\%_]/g, '\\$&');
  return and(
    query.status ? eq(caseStates.status, query.status) : undefined,
    query.stage ? sql`${caseStates.stages} @> ${JSON.stringify([query.stage])}::jsonb` : undefined,
    search ? ilike(cases.pseudonym, `%${search}%`) : undefined,
  );
}

export const writeCursor = (sort: Sort, place: Place): string =>
  Buffer.from(JSON.stringify({ ...place, sort })).toString('base64url');

/** BAD_INPUT for a cursor of another order or of nobody's making. */
export function readCursor(sort: Sort, cursor: string): Place {
  try {
    const place = placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (place.sort === sort) return place;
  } catch {
    // Refused below.
  }
  throw new DomainError('BAD_INPUT', 'This page of the worklist does not exist; start from the first one.');
}
