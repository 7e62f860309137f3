import * as db from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type { RequestTraining, Training } from './schemas.ts';

const toTraining = (row: db.TrainingRow): Training => ({
  id: row.id,
  requestedBy: row.requestedBy,
  requestedAt: iso(row.requestedAt),
  reason: row.reason,
  kind: row.kind,
  costWeight: row.costWeight,
  seed: row.seed,
  baseDigest: row.baseDigest,
  passedOver: row.passedOver,
  costMatrixVersion: row.costMatrixVersion,
  fields: row.fields,
  folderFields: row.folderFields,
  manifestSha256: row.manifestSha256,
  state: row.state,
  progress: row.progress,
  startedAt: isoOrNull(row.startedAt),
  endedAt: isoOrNull(row.endedAt),
  resultDigest: row.resultDigest,
  outcome: row.outcome,
  failure: row.failure,
});

/** Newest first. */
export async function listTrainings(services: Services): Promise<Training[]> {
  return (await db.listTrainings(services.db)).map(toTraining);
}

/** @throws DomainError CONFLICT while one is under way, where there is no model, nothing to learn from, or, of a network, no data folder. */
export async function requestTraining(
  services: Services,
  session: ActiveSession,
  { reason, ...options }: RequestTraining,
): Promise<Training> {
  const queue = await services.queue();
  return toTraining(
    await db.requestTraining(services.db, { actor: actorOf(session), reason, options, queue }),
  );
}

/** @throws DomainError CONFLICT where it has ended. */
export async function cancelTraining(
  services: Services,
  session: ActiveSession,
  id: string,
): Promise<Training> {
  return toTraining(await db.cancelTraining(services.db, { actor: actorOf(session), id }));
}

/** @throws DomainError CONFLICT where it neither failed nor was cancelled, or another one is under way. */
export async function resumeTraining(
  services: Services,
  session: ActiveSession,
  id: string,
): Promise<Training> {
  const queue = await services.queue();
  return toTraining(await db.resumeTraining(services.db, { actor: actorOf(session), id, queue }));
}
