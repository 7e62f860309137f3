import { DRIFT_CASES, type DriftFinding, type DriftSeries } from '@blastwise/contracts';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { SYSTEM } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { driftAlarms, driftWindows } from '../schema/index.ts';

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

export type DriftWindow = Omit<typeof driftWindows.$inferSelect, 'modelDigest'>;

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

/** Cases of which the model has analysed a field since `after` and no field waits: when the last one was done. */
const analysedSince = (digest: string, after: Date): SQL => sql`
  select images.case_id, max(analyses.created_at) as at
  from analyses join images on images.id = analyses.image_id
  where analyses.model_digest = ${digest} and analyses.created_at >= ${after}
    and not exists (select 1 from images waiting join image_states on image_states.image_id = waiting.id
      where waiting.case_id = images.case_id and image_states.status = 'queued')
  group by images.case_id`;

/** Cases of which every field is read, by readers who saw the model's decisions: when the last field was first read. */
const readSince = (digest: string, after: Date): SQL => sql`
  select case_id, max(at) as at from (
    select images.case_id, images.id, min(corrections.created_at) as at
    from corrections
    join images on images.id = corrections.image_id
    join case_states on case_states.case_id = images.case_id and case_states.status = 'corrected'
    join decisions on decisions.id = corrections.decision_id
    join analyses on analyses.id = decisions.analysis_id and analyses.model_digest = ${digest}
    group by images.case_id, images.id
  ) as field group by case_id having max(at) >= ${after}`;

const CASES_SINCE: Readonly<Record<DriftSeries, (digest: string, after: Date) => SQL>> = {
  analysed: analysedSince,
  read: readSince,
};

/** How many cases of the line wait to be judged, and the window that they make once they are enough. */
export async function nextDriftWindow(
  db: Queryable,
  line: DriftLine,
): Promise<{ waiting: number; needed: number; next: NextWindow | null }> {
  const [last] = await driftWindowsOf(db, { ...line, limit: 1 });
  const needed = last ? DRIFT_CASES.window : DRIFT_CASES.reference;
  const since = CASES_SINCE[line.series](line.digest, last?.lastAt ?? new Date(0));
  const judged = JSON.stringify(last?.caseIds ?? []);
  const { rows } = await db.execute<{ case_id: string; at: Date }>(sql`
    select case_id, at from (${since}) as line
    where not jsonb_exists(${judged}::jsonb, case_id::text)
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

/** Opens an alarm, unless one of the same quantity is open. */
async function openAlarm(
  tx: Queryable,
  windowId: string,
  digest: string,
  finding: DriftFinding,
): Promise<void> {
  const { quantity, statistic, state, value, threshold } = finding;
  if (state !== 'drifting' || value === null || threshold === null) return;
  const [alarm] = await tx
    .insert(driftAlarms)
    .values({ windowId, modelDigest: digest, quantity, value, threshold })
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
    for (const finding of findings) await openAlarm(tx, window.id, digest, finding);
    await notifyLive(tx, { kind: 'drift' });
    return true;
  });
}
