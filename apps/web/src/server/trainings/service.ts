import * as db from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import type { RequestTraining, Training } from './schemas.ts';

type CaseOf = ReadonlyMap<string, string>;

/** The cases of the fields that trainings name. */
const casesNamedIn = (services: Services, rows: readonly db.TrainingRow[]): Promise<CaseOf> =>
  db.casesOfFields(
    services.db,
    rows.flatMap(({ passedOver, outcome }) =>
      [passedOver?.fields, outcome?.quarantined, outcome?.withdrawn].flatMap(
        (fields) => fields?.map(({ id }) => id) ?? [],
      ),
    ),
  );

function toTraining(row: db.TrainingRow, caseOf: CaseOf): Training {
  const { passedOver, outcome } = row;
  const withCase = <Field extends { readonly id: string }>(field: Field) => ({
    ...field,
    caseId: caseOf.get(field.id) ?? null,
  });
  return {
    ...row,
    requestedAt: iso(row.requestedAt),
    startedAt: isoOrNull(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
    passedOver: passedOver && { ...passedOver, fields: passedOver.fields.map(withCase) },
    outcome: outcome && {
      ...outcome,
      quarantined: outcome.quarantined.map(withCase),
      withdrawn: outcome.withdrawn?.map(withCase),
    },
  };
}

const trainingOf = async (services: Services, row: db.TrainingRow): Promise<Training> =>
  toTraining(row, await casesNamedIn(services, [row]));

/** Newest first. */
export async function listTrainings(services: Services): Promise<Training[]> {
  const rows = await db.listTrainings(services.db);
  const caseOf = await casesNamedIn(services, rows);
  return rows.map((row) => toTraining(row, caseOf));
}

/** @throws DomainError CONFLICT while one is under way, where there is no model, nothing to learn from, or, of a network, no data folder. */
export async function requestTraining(
  services: Services,
  session: ActiveSession,
  { reason, ...options }: RequestTraining,
): Promise<Training> {
  const queue = await services.queue();
  return trainingOf(
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
  return trainingOf(services, await db.cancelTraining(services.db, { actor: actorOf(session), id }));
}

/** @throws DomainError CONFLICT where it neither failed nor was cancelled, or another one is under way. */
export async function resumeTraining(
  services: Services,
  session: ActiveSession,
  id: string,
): Promise<Training> {
  const queue = await services.queue();
  return trainingOf(services, await db.resumeTraining(services.db, { actor: actorOf(session), id, queue }));
}
