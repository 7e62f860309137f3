import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CostMatrix,
  DRIFT_QUANTITIES,
  DRIFT_SERIES,
  type DriftFinding,
  seriesOf,
  toStageVector,
} from '@blastwise/contracts';
import {
  activeCosts,
  type DriftLine,
  driftReference,
  nextDriftWindow,
  type Queryable,
  recordDriftWindow,
  type WatchedRow,
  watchedFields,
} from '@blastwise/db';
import { judgeAgainst, type WatchedCase, type WatchRules } from '@blastwise/model';
import { decide } from '@blastwise/model/decision';

/** The same cases give the same thresholds each time. */
const SEED = 1;

export interface WatchOptions {
  readonly db: Queryable;
  /** The model in service. */
  readonly digest: string;
  readonly rules?: WatchRules;
}

const toCase = (fields: readonly WatchedRow[], costs: CostMatrix): WatchedCase =>
  fields.map((field) => ({
    ...field,
    deferred: decide(toStageVector(field.probabilities), costs, field).defer,
  }));

/** Every window of a series that has its cases, judged against the reference. Returns how many. */
async function watchSeries({ db, rules }: WatchOptions, line: DriftLine): Promise<number> {
  let judged = 0;
  for (;;) {
    const { next } = await nextDriftWindow(db, line);
    if (!next) return judged;
    const reference = await driftReference(db, line);
    const findings = reference ? await findingsOf(db, line, reference.caseIds, next.caseIds, rules) : [];
    await recordDriftWindow(db, { ...line, ...next, findings });
    judged += 1;
  }
}

async function findingsOf(
  db: Queryable,
  line: DriftLine,
  reference: readonly string[],
  window: readonly string[],
  rules: WatchRules | undefined,
): Promise<DriftFinding[]> {
  const { costs } = await activeCosts(db);
  const casesOf = async (caseIds: readonly string[]): Promise<WatchedCase[]> =>
    (await watchedFields(db, { digest: line.digest, caseIds })).map((fields) => toCase(fields, costs));
  const [before, now] = await Promise.all([casesOf(reference), casesOf(window)]);
  const findings: DriftFinding[] = [];
  for (const quantity of DRIFT_QUANTITIES.filter((watched) => seriesOf(watched) === line.series)) {
    const judge = judgeAgainst(before, { seed: SEED, quantities: [quantity], ...(rules ? { rules } : {}) });
    findings.push(...judge(now));
    // A threshold takes a fraction of a second; whoever asks for a prediction goes first.
    await breathe();
  }
  return findings;
}

/**
 * Judges what has become complete since: the first cases of a model become its reference, each window after it is
 * compared with them. Run again, or by several workers at once, each window is judged once. Returns how many were.
 */
export async function watchDrift(options: WatchOptions): Promise<number> {
  let judged = 0;
  for (const series of DRIFT_SERIES) judged += await watchSeries(options, { digest: options.digest, series });
  return judged;
}
