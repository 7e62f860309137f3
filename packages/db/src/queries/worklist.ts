import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import {
  analyses,
  caseStates,
  cases,
  corrections,
  costMatrices,
  decisions,
  imageStates,
  images,
  users,
} from '../schema/index.ts';
import { imageWorkStatus, information, informationParts, standingStage } from './case-states.ts';
import { beyond, matches, order, readCursor, sortValue, writeCursor } from './worklist-order.ts';
import type {
  Finding,
  Information,
  UnsettledStatus,
  WorklistCounts,
  WorklistPage,
  WorklistQuery,
  WorklistRow,
} from './worklist-schemas.ts';

/** The fields of some cases in short, in their order. */
async function imagesOf(db: Queryable, caseIds: string[]): Promise<Map<string, WorklistRow['images']>> {
  const result = new Map<string, WorklistRow['images']>(caseIds.map((id) => [id, []]));
  if (caseIds.length === 0) return result;
  const rows = await db
    .select({
      caseId: images.caseId,
      id: images.id,
      status: imageWorkStatus,
      stage: standingStage,
    })
    .from(images)
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .leftJoin(decisions, eq(decisions.id, imageStates.decisionId))
    .leftJoin(corrections, eq(corrections.id, imageStates.correctionId))
    .where(inArray(images.caseId, caseIds))
    .orderBy(asc(images.caseId), asc(images.position));
  for (const { caseId, ...field } of rows) result.get(caseId)?.push(field);
  return result;
}

/** Of each case's most informative field that is not yet read, why it is; none in blind review. */
async function informationOf(db: Queryable, caseIds: string[]): Promise<Map<string, Information>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([images.caseId], { caseId: images.caseId, score: information, ...informationParts })
    .from(images)
    .innerJoin(cases, eq(cases.id, images.caseId))
    .innerJoin(imageStates, eq(imageStates.imageId, images.id))
    .innerJoin(analyses, eq(analyses.id, imageStates.analysisId))
    .innerJoin(decisions, eq(decisions.id, imageStates.decisionId))
    .innerJoin(costMatrices, eq(costMatrices.id, decisions.costMatrixId))
    .where(
      and(
        inArray(images.caseId, caseIds),
        isNull(imageStates.correctionId),
        eq(cases.blindReview, false),
        isNotNull(information),
      ),
    )
    .orderBy(asc(images.caseId), desc(information));
  return new Map(rows.map(({ caseId, score, ...parts }) => [caseId, { score: score ?? 0, ...parts }]));
}

/** The findings of a case's line, in the order of FINDINGS. */
function findingsOf(row: {
  notAssessable: boolean;
  outOfDistribution: boolean;
  setSize: number | null;
}): Finding[] {
  return [
    ...(row.notAssessable ? (['not-assessable'] as const) : []),
    ...(row.outOfDistribution ? (['out-of-distribution'] as const) : []),
    ...((row.setSize ?? 0) > 1 ? (['several-stages'] as const) : []),
  ];
}

/** What is unsettled in a case, in the order of UNSETTLED_STATUSES. */
const unsettledIn = (row: { disputed: boolean; awaitsReader: boolean }): UnsettledStatus[] => [
  ...(row.disputed ? (['disputed'] as const) : []),
  ...(row.awaitsReader ? (['open'] as const) : []),
];

/** One page of cases under a filter; `nextCursor` null on the last one. */
export async function worklist(db: Queryable, query: WorklistQuery): Promise<WorklistPage> {
  const { sort, limit } = query;
  const after = query.cursor === undefined ? undefined : beyond(sort, readCursor(sort, query.cursor));
  const rows = await db
    .select({
      caseId: caseStates.caseId,
      pseudonym: cases.pseudonym,
      blindReview: cases.blindReview,
      submittedBy: { id: users.id, name: users.name },
      createdAt: caseStates.createdAt,
      status: caseStates.status,
      expectedCost: sql<number | null>`nullif(${caseStates.expectedCost}, -1)`,
      margin: sql<number | null>`nullif(${caseStates.margin}, 2)`,
      notAssessable: caseStates.notAssessable,
      outOfDistribution: caseStates.outOfDistribution,
      setSize: sql<number | null>`nullif(${caseStates.setSize}, 0)`,
      disputed: caseStates.disputed,
      awaitsReader: caseStates.awaitsReader,
      signOff: caseStates.signOff,
      place: sortValue(sort),
    })
    .from(caseStates)
    .innerJoin(cases, eq(cases.id, caseStates.caseId))
    .innerJoin(users, eq(users.id, cases.submittedBy))
    .where(and(matches(query), after))
    .orderBy(...order(sort))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const caseIds = page.map((row) => row.caseId);
  const fields = await imagesOf(db, caseIds);
  const whys = await informationOf(db, sort === 'information' ? caseIds : []);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    rows: page.map(({ place: _, notAssessable, outOfDistribution, disputed, awaitsReader, ...row }) => ({
      ...row,
      images: fields.get(row.caseId) ?? [],
      information: whys.get(row.caseId) ?? null,
      findings: findingsOf({ notAssessable, outOfDistribution, setSize: row.setSize }),
      unsettled: unsettledIn({ disputed, awaitsReader }),
    })),
    nextCursor: last ? writeCursor(sort, { value: last.place, caseId: last.caseId }) : null,
  };
}

/** Cases per status under the same search, stage, finding, adjudication and sign-off, whatever the status filter. */
export async function worklistCounts(
  db: Queryable,
  query: Pick<WorklistQuery, 'stage' | 'search' | 'finding' | 'adjudication' | 'signOff' | 'withoutAi'>,
): Promise<WorklistCounts> {
  const rows = await db
    .select({ status: caseStates.status, n: sql<number>`count(*)::int` })
    .from(caseStates)
    .innerJoin(cases, eq(cases.id, caseStates.caseId))
    .where(matches(query))
    .groupBy(caseStates.status);
  const counts: WorklistCounts = { queued: 0, failed: 0, deferred: 0, analysed: 0, corrected: 0 };
  for (const { status, n } of rows) counts[status] = n;
  return counts;
}

/** Cases with a field that a senior must decide. */
export async function countDisputed(db: Queryable): Promise<number> {
  return db.$count(caseStates, sql`${caseStates.disputed}`);
}

/**
 * The cases before and after one in the worklist's order under the same filter, for the keyboard. The case itself
 * need not pass the filter any more.
 */
export async function worklistNeighbours(
  db: Queryable,
  input: { caseId: string; query: Omit<WorklistQuery, 'cursor' | 'limit'> },
): Promise<{ previous: string | null; next: string | null }> {
  const { caseId, query } = input;
  const { sort } = query;
  const [here] = await db
    .select({ value: sortValue(sort) })
    .from(caseStates)
    .where(eq(caseStates.caseId, caseId));
  if (!here) return { previous: null, next: null };
  const nearest = async (backwards: boolean): Promise<string | null> => {
    const [row] = await db
      .select({ caseId: caseStates.caseId })
      .from(caseStates)
      .innerJoin(cases, eq(cases.id, caseStates.caseId))
      .where(and(matches(query), beyond(sort, { value: here.value, caseId }, backwards)))
      .orderBy(...order(sort, backwards))
      .limit(1);
    return row?.caseId ?? null;
  };
  const [previous, next] = await Promise.all([nearest(true), nearest(false)]);
  return { previous, next };
}
