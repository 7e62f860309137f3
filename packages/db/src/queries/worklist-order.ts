import { DomainError, type MaturityStage } from '@blastwise/contracts';
import { and, asc, desc, eq, exists, gt, ilike, ne, type SQL, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { caseStates, cases, corrections, decisions, imageStates, images } from '../schema/index.ts';
import { standingStage } from './case-states.ts';
import type { Finding, UnsettledStatus, WorklistQuery } from './worklist-schemas.ts';

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
  information: { column: caseStates.information, type: sql.raw('float8'), rising: false },
  'set-size': { column: caseStates.setSize, type: sql.raw('int'), rising: false },
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

type Matched = Pick<
  WorklistQuery,
  'status' | 'stage' | 'search' | 'finding' | 'adjudication' | 'signOff' | 'withoutAi'
>;

const FOUND: Readonly<Record<Finding, SQL>> = {
  'not-assessable': eq(caseStates.notAssessable, true),
  'out-of-distribution': eq(caseStates.outOfDistribution, true),
  'several-stages': gt(caseStates.setSize, 1),
};

/** Columns of their own and no comparison, so that the partial indexes serve. */
const UNSETTLED: Readonly<Record<UnsettledStatus, SQL>> = {
  disputed: sql`${caseStates.disputed}`,
  open: sql`${caseStates.awaitsReader}`,
};

/** What readers hold a field of the case to show. */
const readAs = (stage: MaturityStage): SQL =>
  exists(
    new QueryBuilder()
      .select({ id: corrections.id })
      .from(images)
      .innerJoin(imageStates, eq(imageStates.imageId, images.id))
      .innerJoin(corrections, eq(corrections.id, imageStates.correctionId))
      .leftJoin(decisions, eq(decisions.id, imageStates.decisionId))
      .where(and(eq(images.caseId, caseStates.caseId), eq(standingStage, stage))),
  );

/** What readers hold, or the network has decided. */
const standsAs = (stage: MaturityStage): SQL =>
  sql`${caseStates.stages} @> ${JSON.stringify([stage])}::jsonb`;

export function matches(query: Matched): SQL | undefined {
  const search = query.search?.replaceAll(/[\\%_]/g, '\\$&');
  return and(
    query.status === 'unread' ? ne(caseStates.status, 'corrected') : undefined,
    query.status && query.status !== 'unread' ? eq(caseStates.status, query.status) : undefined,
    query.stage ? (query.withoutAi ? readAs : standsAs)(query.stage) : undefined,
    query.adjudication ? UNSETTLED[query.adjudication] : undefined,
    query.signOff ? eq(caseStates.signOff, query.signOff) : undefined,
    query.finding ? FOUND[query.finding] : undefined,
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
