import {
  DRIFT_CASES,
  type DriftFinding,
  type DriftQuantity,
  type DriftSeries,
  outlivesModel,
} from '@blastwise/contracts';
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { cases, driftAlarms, driftWindows } from '../schema/index.ts';
import { isNoDemo } from './patients.ts';

/** Of which model, and in which order its cases come. */
export interface DriftLine {
  readonly digest: string;
  readonly series: DriftSeries;
}

/** A window of cases not yet judged; number 0 is the reference. */
export interface NextWindow {
  readonly number: number;
  readonly caseIds: readonly string[];
  readonly lastAt: Date;
}

type DriftWindowRow = typeof driftWindows.$inferSelect;
export type DriftWindow = Omit<DriftWindowRow, 'modelDigest'>;

const inLine = ({ digest, series }: DriftLine) =>
  and(eq(driftWindows.modelDigest, digest), eq(driftWindows.series, series));

/** The latest window first. */
export async function driftWindowsOf(
  db: Queryable,
  input: DriftLine & { limit: number },
): Promise<DriftWindow[]> {
  const rows = await db
    .select()
    .from(driftWindows)
    .where(inLine(input))
    .orderBy(desc(driftWindows.number))
    .limit(input.limit);
  return rows.map(({ modelDigest: _, ...window }) => window);
}

/** The cases of a model's reference, and when the last of them was complete; null while they are too few. */
export async function driftReference(
  db: Queryable,
  line: DriftLine,
): Promise<{ caseIds: readonly string[]; lastAt: Date } | null> {
  const [row] = await db
    .select({ caseIds: driftWindows.caseIds, lastAt: driftWindows.lastAt })
    .from(driftWindows)
    .where(and(inLine(line), eq(driftWindows.number, 0)));
  return row ?? null;
}

/** Windows enough to make a reference of, each with at least one case that has the quantity. */
const REFERENCE_WINDOWS = 40;

/**
 * Judged windows from which the reference of a quantity is taken, the earliest first: the first cases, and, where too few
 * of them have it, as many of the windows after as it takes. Those of the line, or, of what outlives a model, of every
 * model's line.
 */
export async function referenceWindows(
  db: Queryable,
  { digest, series, quantity }: DriftLine & { quantity: DriftQuantity },
): Promise<Pick<DriftWindowRow, 'id' | 'modelDigest' | 'caseIds'>[]> {
  const hasQuantity = sql`jsonb_path_exists(${driftWindows.findings},
    '$[*] ? (@.quantity == $of && @.windowCases > 0)', jsonb_build_object('of', ${quantity}::text))`;
  return db
    .select({ id: driftWindows.id, modelDigest: driftWindows.modelDigest, caseIds: driftWindows.caseIds })
    .from(driftWindows)
    .where(
      and(
        outlivesModel(quantity) ? eq(driftWindows.series, series) : inLine({ digest, series }),
        or(eq(driftWindows.number, 0), hasQuantity),
      ),
    )
    .orderBy(asc(driftWindows.createdAt), asc(driftWindows.id))
    .limit(REFERENCE_WINDOWS);
}

/** Cases of which the model has analysed a field since `after` and no field waits: when the last one was done. */
const analysedSince = (digest: string, after: Date): SQL => sql`
  select images.case_id, max(analyses.created_at) as at
  from analyses join images on images.id = analyses.image_id
  where analyses.model_digest = ${digest} and analyses.created_at >= ${after}
    and not exists (select 1 from images waiting join image_states on image_states.image_id = waiting.id
      where waiting.case_id = images.case_id and image_states.status = 'queued')
  group by images.case_id`;

/** Cases of which every field is read, by first readers who saw the model's decisions: when the last was first read. */
const readSince = (digest: string, after: Date): SQL => sql`
  select case_id, max(at) as at from (
    select distinct on (images.id) images.case_id, corrections.created_at as at, corrections.decision_id
    from corrections
    join images on images.id = corrections.image_id
    join case_states on case_states.case_id = images.case_id and case_states.status = 'corrected'
    order by images.id, corrections.created_at, corrections.id
  ) as first
  join decisions on decisions.id = first.decision_id
  join analyses on analyses.id = decisions.analysis_id and analyses.model_digest = ${digest}
  group by case_id having max(at) >= ${after}`;

const CASES_SINCE: Readonly<Record<DriftSeries, (digest: string, after: Date) => SQL>> = {
  analysed: analysedSince,
  read: readSince,
};

/**
 * How many cases of the line wait to be judged, and the window that they make once they are enough. A case is judged once,
 * even if a field of it is analysed again later; demonstrations never are.
 */
export async function nextDriftWindow(
  db: Queryable,
  line: DriftLine,
): Promise<{ waiting: number; needed: number; next: NextWindow | null }> {
  const [last] = await driftWindowsOf(db, { ...line, limit: 1 });
  const needed = last ? DRIFT_CASES.window : DRIFT_CASES.reference;
  const since = CASES_SINCE[line.series](line.digest, last?.lastAt ?? new Date(0));
  const { rows } = await db.execute<{ case_id: string; at: Date }>(sql`
    select case_id, at from (${since}) as line join ${cases} on ${cases.id} = case_id and ${isNoDemo}
    where not exists (select 1 from ${driftWindows}
      where ${inLine(line)} and jsonb_exists(${driftWindows.caseIds}, case_id::text))
    order by at, case_id limit ${needed}`);
  const lastAt = rows.at(-1)?.at;
  const next =
    rows.length === needed && lastAt
      ? {
          number: last ? last.number + 1 : 0,
          caseIds: rows.map((row) => row.case_id),
          lastAt: new Date(lastAt),
        }
      : null;
  return { waiting: rows.length, needed, next };
}

/** How far a finding lies beyond what it must exceed. */
const excessOf = ({ value, threshold }: Exceeded): number => value / Math.max(threshold, Number.MIN_VALUE);

interface Exceeded extends DriftFinding {
  readonly value: number;
  readonly threshold: number;
}

const isExceeded = (finding: DriftFinding): finding is Exceeded =>
  finding.state === 'drifting' && finding.value !== null && finding.threshold !== null;

/** Opens an alarm for every quantity that drifts, the furthest first, unless one for it is open. */
async function openAlarms(
  tx: Queryable,
  windowId: string,
  digest: string,
  findings: readonly DriftFinding[],
): Promise<void> {
  const furthest = findings.filter(isExceeded).toSorted((a, b) => excessOf(b) - excessOf(a));
  for (const finding of furthest) await openAlarm(tx, windowId, digest, finding);
}

async function openAlarm(
  tx: Queryable,
  windowId: string,
  modelDigest: string,
  { quantity, statistic, value, threshold }: Exceeded,
): Promise<void> {
  const [alarm] = await tx
    .insert(driftAlarms)
    .values({ windowId, modelDigest, quantity, value, threshold })
    .onConflictDoNothing()
    .returning({ id: driftAlarms.id });
  if (!alarm) return;
  await appendAudit(tx, {
    actor: SYSTEM,
    action: 'drift.alarm',
    subjectKind: 'alarm',
    subjectId: alarm.id,
    fields: [quantity],
    reason: `${quantity}: ${statistic} ${value.toFixed(3)} is above ${threshold.toFixed(3)}`,
  });
}

/** Keeps a judged window with the alarms that it raises. One that another worker has judged meanwhile stays: false. */
export async function recordDriftWindow(
  db: Queryable,
  input: DriftLine & NextWindow & { findings: readonly DriftFinding[] },
): Promise<boolean> {
  const { digest, series, number, lastAt, caseIds, findings } = input;
  return db.transaction(async (tx) => {
    const [window] = await tx
      .insert(driftWindows)
      .values({
        modelDigest: digest,
        series,
        number,
        lastAt,
        caseIds: [...caseIds],
        findings: [...findings],
      })
      .onConflictDoNothing()
      .returning({ id: driftWindows.id });
    if (!window) return false;
    await openAlarms(tx, window.id, digest, findings);
    await notifyLive(tx, { kind: 'drift' });
    return true;
  });
}
