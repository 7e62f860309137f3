import { DRIFT_QUANTITIES, DRIFT_SERIES, type DriftSeries, seriesOf } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import type { z } from 'zod';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { DONE, iso } from '../shared/schemas.ts';
import type { acknowledgeInput, DriftAlarm, Monitoring, WatchedQuantity, WatchedSeries } from './schemas.ts';

/** Windows whose statistics are shown beside each other. */
const WINDOWS = 24;
const ALARMS = 50;

interface Line {
  readonly series: DriftSeries;
  /** The latest first, with the reference. */
  readonly windows: readonly db.DriftWindow[];
  readonly state: WatchedSeries;
}

async function lineOf({ db: database }: Services, digest: string, series: DriftSeries): Promise<Line> {
  const line = { digest, series };
  const [rows, reference, { waiting, needed }] = await Promise.all([
    db.driftWindowsOf(database, { ...line, limit: WINDOWS }),
    db.driftReference(database, line),
    db.nextDriftWindow(database, line),
  ]);
  const latest = rows.find(({ number }) => number > 0);
  return {
    series,
    windows: rows,
    state: {
      series,
      waiting,
      needed,
      referenceAt: reference && iso(reference.lastAt),
      latest: latest
        ? { number: latest.number, cases: latest.caseIds.length, judgedAt: iso(latest.createdAt) }
        : null,
    },
  };
}

function quantitiesIn(lines: readonly Line[]): WatchedQuantity[] {
  return DRIFT_QUANTITIES.map((quantity) => {
    const windows = lines.find(({ series }) => series === seriesOf(quantity))?.windows ?? [];
    const found = windows.flatMap(({ number, findings }) => {
      const finding = findings.find((candidate) => candidate.quantity === quantity);
      return finding ? [{ number, finding }] : [];
    });
    return {
      quantity,
      finding: found[0]?.finding ?? null,
      history: found
        .flatMap(({ number: window, finding }) =>
          finding.value !== null && finding.threshold !== null
            ? [{ window, value: finding.value, threshold: finding.threshold }]
            : [],
        )
        .toReversed(),
    };
  });
}

const toAlarm = ({ model, openedAt, acknowledged, ...alarm }: db.DriftAlarm): DriftAlarm => ({
  ...alarm,
  modelName: model.name,
  openedAt: iso(openedAt),
  acknowledged: acknowledged && { ...acknowledged, at: iso(acknowledged.at) },
});

/** What is watched of the model in service, and the alarms of every model. */
export async function monitoring(services: Services): Promise<Monitoring> {
  const [model, alarms] = await Promise.all([
    db.modelInService(services.db),
    db.listDriftAlarms(services.db, { limit: ALARMS }),
  ]);
  if (!model) return { watched: null, alarms: alarms.map(toAlarm) };
  const lines = await Promise.all(DRIFT_SERIES.map((series) => lineOf(services, model.digest, series)));
  return {
    watched: {
      modelName: model.name,
      series: lines.map(({ state }) => state),
      quantities: quantitiesIn(lines),
    },
    alarms: alarms.map(toAlarm),
  };
}

export async function openAlarms(services: Services): Promise<{ alarms: number }> {
  return { alarms: await db.countOpenAlarms(services.db) };
}

/** @throws DomainError NOT_FOUND, CONFLICT when it is closed already. */
export async function acknowledge(
  services: Services,
  session: ActiveSession,
  { id, reason }: z.output<typeof acknowledgeInput>,
): Promise<typeof DONE> {
  await db.acknowledgeDriftAlarm(services.db, { actor: actorOf(session), id, reason });
  return DONE;
}
