import { DomainError } from '@blastwise/contracts';
import * as db from '@blastwise/db';
import type { z } from 'zod';
import { confirmIdentity } from '../auth/confirm-identity.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import { lineageOf } from './lineage.ts';
import type {
  judgeModelInput,
  LockedTestSet,
  LockedTestUse,
  ModelVersion,
  promoteModelInput,
  RegisteredModel,
  rollBackModelInput,
} from './schemas.ts';

const toModel = (row: db.ModelRow): ModelVersion => ({
  digest: row.digest,
  name: row.name,
  card: row.card,
  plots: row.plots,
  inServiceFrom: isoOrNull(row.inServiceFrom),
  createdAt: iso(row.createdAt),
});

const toRegistered = (row: db.ModelRow, hindrance: string | null): RegisteredModel => ({
  ...toModel(row),
  state: row.state,
  registeredBy: row.registeredBy,
  trainers: row.trainers,
  inServiceBy: row.inServiceBy,
  lineage: lineageOf(row.manifest),
  hindrance,
});

async function registered(services: Services, row: db.ModelRow): Promise<RegisteredModel> {
  return toRegistered(row, (await db.promotionHindrances(services.db))(row.digest));
}

const toUse = (row: db.LockedTestUseRow): LockedTestUse => ({
  id: row.id,
  setName: row.setName,
  championDigest: row.championDigest,
  challengerDigest: row.challengerDigest,
  requestedBy: row.requestedBy,
  margin: row.margin,
  marginSetBy: row.marginSetBy,
  createdAt: iso(row.createdAt),
  endedAt: isoOrNull(row.endedAt),
  verdict: row.verdict,
  judgement: row.judgement,
  failure: row.failure,
});

export async function modelInService(services: Services): Promise<ModelVersion | null> {
  const row = await db.modelInService(services.db);
  return row && toModel(row);
}

/** Newest first. */
export async function listModels(services: Services): Promise<RegisteredModel[]> {
  const hindranceOf = await db.promotionHindrances(services.db);
  return (await db.listModels(services.db)).map((row) => toRegistered(row, hindranceOf(row.digest)));
}

export async function listLockedTests(services: Services): Promise<LockedTestSet[]> {
  const sets = await db.listLockedTestSets(services.db);
  return sets.map(
    ({ id, name, origin, contentSha256, images, fields, groups, budget, used, sharesWith }) => ({
      ...{ id, name, origin, contentSha256, fields, groups, budget, used },
      hasImages: images !== null,
      sharesWith: sharesWith.map((other) => other.name),
    }),
  );
}

/** The ledger of uses, newest first. */
export async function listUses(services: Services): Promise<LockedTestUse[]> {
  return (await db.listLockedTestUses(services.db)).map(toUse);
}

/** One use of the set; the inference service works on it. @throws DomainError CONFLICT where the gate is closed. */
export async function judgeModel(
  services: Services,
  session: ActiveSession,
  input: z.output<typeof judgeModelInput>,
): Promise<LockedTestUse> {
  return toUse(await db.requestJudgement(services.db, { actor: actorOf(session), ...input }));
}

/** @throws DomainError FORBIDDEN for who registered it or started or resumed a training of it (R11) and for a wrong password, CONFLICT without a verdict. */
export async function promoteModel(
  services: Services,
  session: ActiveSession,
  { password, ...input }: z.output<typeof promoteModelInput>,
): Promise<RegisteredModel> {
  await confirmIdentity(services, session, password);
  return registered(services, await db.promoteModel(services.db, { actor: actorOf(session), ...input }));
}

/** One person is enough (R9). @throws DomainError CONFLICT for a model that never served. */
export async function rollBackModel(
  services: Services,
  session: ActiveSession,
  input: z.output<typeof rollBackModelInput>,
): Promise<RegisteredModel> {
  return registered(services, await db.rollBackModel(services.db, { actor: actorOf(session), ...input }));
}

/** One of a model's plots, SVG. @throws DomainError NOT_FOUND. */
export async function modelPlot(
  services: Pick<Services, 'db'>,
  plot: { digest: string; name: string },
): Promise<string> {
  const svg = await db.modelPlot(services.db, plot);
  if (svg === null) throw new DomainError('NOT_FOUND', 'There is no such plot.');
  return svg;
}
