import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CostMatrix,
  DRIFT_QUANTITIES,
  DRIFT_SERIES,
  type DriftFinding,
  type DriftQuantity,
  outlivesModel,
  seriesOf,
  toStageVector,
} from '@blastwise/contracts';
import {
  activeCosts,
  type DriftLine,
  type NextWindow,
  nextDriftWindow,
  type Queryable,
  recordDriftWindow,
  referenceWindows,
  type WatchedRow,
  watchedFields,
} from '@blastwise/db';
import { judgeAgainst, suffices, type WatchedCase, type WatchRules } from '@blastwise/model';
import { decide } from '@blastwise/model/decision';

/** The same cases give the same thresholds each time. */
const SEED = 1;

export interface WatchOptions {
  readonly db: Queryable;
  /** The model in service. */
  readonly digest: string;
  readonly rules?: WatchRules;
}

/** The fields of each patient, whose cases are alike. */
const byPatient = (rows: readonly WatchedRow[], costs: CostMatrix): WatchedCase[] =>
  [...Map.groupBy(rows, ({ patient }) => patient).values()].map((fields) =>
    fields.map((field) => ({
      ...field,
      deferred: decide(toStageVector(field.probabilities), costs, field).defer,
    })),
  );

/** Every window of a series that has its cases, judged against the reference. Returns how many. */
async function watchSeries(options: WatchOptions, line: DriftLine): Promise<number> {
  let judged = 0;
  for (;;) {
    const { next } = await nextDriftWindow(options.db, line);
    if (!next) return judged;
    const findings = await findingsOf(options, line, next);
    await recordDriftWindow(options.db, { ...line, ...next, findings });
    judged += 1;
  }
}

/** A model's first window is the reference of what only that model says; what outlives models is judged in it as well. */
async function findingsOf(
  { db, rules }: WatchOptions,
  line: DriftLine,
  { number, caseIds }: NextWindow,
): Promise<DriftFinding[]> {
  const { costs } = await activeCosts(db);
  const now = byPatient(await watchedFields(db, { digest: line.digest, caseIds }), costs);
  const referenceOf = referencesOf(db, line, rules, costs);
  const findings: DriftFinding[] = [];
  for (const quantity of DRIFT_QUANTITIES.filter((watched) => seriesOf(watched) === line.series)) {
    if (number === 0 && !outlivesModel(quantity)) continue;
    const reference = await referenceOf(quantity);
    if (!reference) continue;
    const judge = judgeAgainst(reference, { seed: SEED, quantities: [quantity], ...(rules && { rules }) });
    findings.push(...judge(now));
    // A threshold takes a fraction of a second; whoever asks for a prediction goes first.
    await breathe();
  }
  return findings;
}

/** The reference of a quantity: no more windows than it takes to have enough patients with it; null before the first. */
function referencesOf(db: Queryable, line: DriftLine, rules: WatchRules | undefined, costs: CostMatrix) {
  const known = new Map<string, WatchedRow[]>();
  return async (quantity: DriftQuantity): Promise<WatchedCase[] | null> => {
    const rows: WatchedRow[] = [];
    let reference: WatchedCase[] | null = null;
    for (const { id, modelDigest: digest, caseIds } of await referenceWindows(db, { ...line, quantity })) {
      const fields = known.get(id) ?? (await watchedFields(db, { digest, caseIds }));
      known.set(id, fields);
      rows.push(...fields);
      reference = byPatient(rows, costs);
      if (suffices(quantity, reference, rules)) break;
    }
    return reference;
  };
}

/**
 * Judges what has become complete since: the first cases of a model become its reference, each window after it is
 * compared with them; what outlives a model, with the first cases of all. Run again, or by several workers at once, each
 * window is judged once. Returns how many were.
 */
export async function watchDrift(options: WatchOptions): Promise<number> {
  let judged = 0;
  for (const series of DRIFT_SERIES) judged += await watchSeries(options, { digest: options.digest, series });
  return judged;
}
