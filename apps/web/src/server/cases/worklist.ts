import * as db from '@blastwise/db';
import type { z } from 'zod';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso } from '../shared/schemas.ts';
import type {
  Neighbours,
  neighboursInput,
  ToDecide,
  WorklistCounts,
  WorklistFilter,
  WorklistPage,
  WorklistRow,
  worklistCountsInput,
  worklistInput,
} from './schemas.ts';
import { shownStatus } from './shown-status.ts';

/** With the AI off the filter knows only what readers have done, and the order only the time. */
function toQuery(filter: WorklistFilter, aiEnabled: boolean) {
  const { status, stage, search, sort, finding, adjudication, signOff } = filter;
  const shown = status && shownStatus(status, { aiEnabled, shown: aiEnabled });
  return {
    sort: aiEnabled ? sort : ('newest' as const),
    withoutAi: !aiEnabled,
    ...(shown ? { status: shown } : {}),
    ...(stage ? { stage } : {}),
    ...(search ? { search } : {}),
    ...(adjudication ? { adjudication } : {}),
    ...(signOff ? { signOff } : {}),
    ...(finding && aiEnabled ? { finding } : {}),
  };
}

/** With the AI off, or in blind review, nothing that comes from it is shown; what readers said stays. */
const toRow = (row: db.WorklistRow, aiEnabled: boolean): WorklistRow =>
  toShownRow(row, { aiEnabled, shown: aiEnabled && !row.blindReview });

const toShownRow = (
  row: db.WorklistRow,
  { aiEnabled, shown }: { readonly aiEnabled: boolean; readonly shown: boolean },
): WorklistRow => ({
  caseId: row.caseId,
  pseudonym: row.pseudonym,
  blindReview: row.blindReview,
  submittedBy: row.submittedBy,
  submittedAt: iso(row.createdAt),
  status: shownStatus(row.status, { aiEnabled, shown }),
  images: row.images.map(({ id, status, stage }) => ({
    imageId: id,
    status: shownStatus(status, { aiEnabled, shown }),
    stage: shown || status === 'corrected' ? stage : null,
  })),
  expectedCost: shown ? row.expectedCost : null,
  margin: shown ? row.margin : null,
  findings: shown ? row.findings : [],
  setSize: shown ? row.setSize : null,
  information: shown ? row.information : null,
  unsettled: row.unsettled,
  signOff: row.signOff,
});

export async function worklist(
  services: Services,
  session: ActiveSession,
  { cursor, limit, ...filter }: z.output<typeof worklistInput>,
): Promise<WorklistPage> {
  const { aiEnabled } = await db.serviceSettings(services.db);
  const query = { ...toQuery(filter, aiEnabled), limit, ...(cursor ? { cursor } : {}) };
  const page = await db.worklist(services.db, query);
  await services.reads.record(services.db, session, {
    kind: 'worklist',
    id: null,
    fields: ['pseudonym', 'thumbnails'],
  });
  return { rows: page.rows.map((row) => toRow(row, aiEnabled)), nextCursor: page.nextCursor };
}

export async function worklistCounts(
  services: Services,
  filter: z.output<typeof worklistCountsInput>,
): Promise<WorklistCounts> {
  const { aiEnabled } = await db.serviceSettings(services.db);
  const query = toQuery({ ...filter, sort: 'newest' }, aiEnabled);
  const counts = await db.worklistCounts(services.db, query);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const read = { all, corrected: counts.corrected, unread: all - counts.corrected };
  return aiEnabled ? { ...counts, ...read } : { ...NOTHING_COUNTED, ...read };
}

const NOTHING_COUNTED = { queued: 0, failed: 0, deferred: 0, analysed: 0 };

export async function toDecide(services: Services): Promise<ToDecide> {
  return { cases: await db.countDisputed(services.db) };
}

export async function neighbours(
  services: Services,
  { caseId, filter }: z.output<typeof neighboursInput>,
): Promise<Neighbours> {
  const { aiEnabled } = await db.serviceSettings(services.db);
  return db.worklistNeighbours(services.db, { caseId, query: toQuery(filter, aiEnabled) });
}
