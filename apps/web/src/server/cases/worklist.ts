import * as db from '@blastwise/db';
import type { z } from 'zod';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import type {
  Neighbours,
  neighboursInput,
  WorklistCounts,
  WorklistFilter,
  WorklistPage,
  WorklistRow,
  worklistCountsInput,
  worklistInput,
} from './schemas.ts';

const toQuery = ({ status, stage, search, sort }: WorklistFilter) => ({
  sort,
  ...(status ? { status } : {}),
  ...(stage ? { stage } : {}),
  ...(search ? { search } : {}),
});

/** With the AI off nothing that comes from it is shown; what readers said stays. */
const toRow = (row: db.WorklistRow, aiEnabled: boolean): WorklistRow => ({
  caseId: row.caseId,
  pseudonym: row.pseudonym,
  submittedBy: row.submittedBy,
  submittedAt: iso(row.createdAt),
  status: row.status,
  images: row.images.map(({ id, status, stage }) => ({
    imageId: id,
    status,
    stage: aiEnabled || status === 'corrected' ? stage : null,
  })),
  expectedCost: aiEnabled ? row.expectedCost : null,
  margin: aiEnabled ? row.margin : null,
});

export async function worklist(
  services: Services,
  session: ActiveSession,
  { cursor, limit, ...filter }: z.output<typeof worklistInput>,
): Promise<WorklistPage> {
  const [{ aiEnabled }, page] = await Promise.all([
    db.serviceSettings(services.db),
    db.worklist(services.db, { ...toQuery(filter), limit, ...(cursor ? { cursor } : {}) }),
  ]);
  await services.reads.record(services.db, session, {
    kind: 'worklist',
    id: null,
    fields: ['pseudonym', 'thumbnails'],
  });
  return { rows: page.rows.map((row) => toRow(row, aiEnabled)), nextCursor: page.nextCursor };
}

export async function worklistCounts(
  services: Services,
  { stage, search }: z.output<typeof worklistCountsInput>,
): Promise<WorklistCounts> {
  const counts = await db.worklistCounts(services.db, {
    ...(stage ? { stage } : {}),
    ...(search ? { search } : {}),
  });
  return { ...counts, all: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

export const neighbours = (
  services: Services,
  { caseId, filter }: z.output<typeof neighboursInput>,
): Promise<Neighbours> => db.worklistNeighbours(services.db, { caseId, query: toQuery(filter) });
