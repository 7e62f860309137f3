import * as db from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type { RequestTraining, Training } from './schemas.ts';

async function toTrainings(services: Services, rows: readonly db.TrainingRow[]): Promise<Training[]> {
  const named = rows.flatMap(({ passedOver, outcome }) => [
    ...(passedOver?.fields ?? []),
    ...(outcome?.quarantined ?? []),
    ...(outcome?.withdrawn ?? []),
  ]);
  const caseOf = await db.casesOfFields(
    services.db,
    named.map(({ id }) => id),
  );
  const withCase = <Field extends { readonly id: string }>(field: Field) => ({
    ...field,
    caseId: caseOf.get(field.id) ?? null,
  });
  return rows.map(
    ({ requestedAt, startedAt, endedAt, passedOver, outcome, ...row }): Training => ({
      ...row,
      requestedAt: iso(requestedAt),
      startedAt: isoOrNull(startedAt),
      endedAt: isoOrNull(endedAt),
      passedOver: passedOver && { ...passedOver, fields: passedOver.fields.map(withCase) },
      outcome: outcome && {
        ...outcome,
        quarantined: outcome.quarantined.map(withCase),
        withdrawn: outcome.withdrawn?.map(withCase),
      },
    }),
  );
}

async function toTraining(services: Services, row: db.TrainingRow): Promise<Training> {
  const [training] = await toTrainings(services, [row]);
  if (!training) throw new Error('A row became no training.');
  return training;
}

/** Newest first. */
export async function listTrainings(services: Services): Promise<Training[]> {
  return toTrainings(services, await db.listTrainings(services.db));
}

/** @throws DomainError CONFLICT while one is under way, where there is no model, nothing to learn from, or, of a network, no data folder. */
export async function requestTraining(
  services: Services,
  session: ActiveSession,
  { reason, ...options }: RequestTraining,
): Promise<Training> {
  const queue = await services.queue();
  return toTraining(
    services,
    await db.requestTraining(services.db, { actor: actorOf(session), reason, options, queue }),
  );
}

/** @throws DomainError CONFLICT where it has ended. */
export async function cancelTraining(
  services: Services,
  session: ActiveSession,
  id: string,
): Promise<Training> {
  return toTraining(services, await db.cancelTraining(services.db, { actor: actorOf(session), id }));
}

/** @throws DomainError CONFLICT where it neither failed nor was cancelled, or another one is under way. */
export async function resumeTraining(
  services: Services,
  session: ActiveSession,
  id: string,
): Promise<Training> {
  const queue = await services.queue();
  return toTraining(services, await db.resumeTraining(services.db, { actor: actorOf(session), id, queue }));
}
