import { DomainError } from '@blastwise/contracts';
import {
  activateCosts,
  activeCosts,
  type CostMatrixRow,
  draftCosts,
  findCosts,
  listCosts,
  type NewCosts,
  proposeCosts,
  type Queryable,
  rejectCosts,
  type UserActor,
} from '@blastwise/db';
import { requirePassword } from '../auth/require-password.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import { basisOf } from './basis.ts';
import { decideUnder } from './decide.ts';
import type { CostVersion, NewVersion } from './schemas.ts';

const toVersion = (row: CostMatrixRow): CostVersion => ({
  id: row.id,
  version: row.version,
  name: row.name,
  costs: row.costs,
  status: row.status,
  validated: row.validated,
  createdBy: row.createdBy,
  createdAt: iso(row.createdAt),
  reason: row.reason,
  proposedBy: row.proposedBy,
  proposedAt: isoOrNull(row.proposedAt),
  decidedBy: row.decidedBy,
  decidedAt: isoOrNull(row.decidedAt),
  decisionReason: row.decisionReason,
  retiredAt: isoOrNull(row.retiredAt),
});

export async function activeVersion({ db }: Services): Promise<CostVersion> {
  return toVersion(await activeCosts(db));
}

/** Newest version first. */
export async function listVersions({ db }: Services): Promise<CostVersion[]> {
  return (await listCosts(db)).map(toVersion);
}

/** A version that only its own numbers fix: nobody is asked to decide on it yet. */
export const draftVersion = (
  services: Services,
  session: ActiveSession,
  version: NewVersion & { reason: string },
): Promise<CostVersion> => drawnUp(services, session, version, async (_, drawn) => drawn);

/** A new version, proposed at once: another admin decides. */
export const proposeVersion = (
  services: Services,
  session: ActiveSession,
  version: NewVersion & { reason: string },
): Promise<CostVersion> =>
  drawnUp(services, session, version, (tx, { id }) =>
    proposeCosts(tx, { actor: actorOf(session), id, reason: version.reason }),
  );

/** Draws a version up and goes on with it, all or nothing. */
async function drawnUp(
  services: Services,
  session: ActiveSession,
  { reason, ...version }: NewVersion & { reason: string },
  then: (tx: Queryable, drawn: CostMatrixRow) => Promise<CostMatrixRow>,
): Promise<CostVersion> {
  const basis = await basisOf(services, version.computed);
  return services.db.transaction(async (tx) => {
    const drawn = await drawUp(tx, actorOf(session), { ...version, basis, reason: reason || null });
    return toVersion(await then(tx, drawn));
  });
}

/** @throws DomainError CONFLICT when it is no draft by now. */
export async function proposeDraft(
  { db }: Services,
  session: ActiveSession,
  { id, reason }: { id: string; reason: string },
): Promise<CostVersion> {
  return toVersion(await proposeCosts(db, { actor: actorOf(session), id, reason }));
}

/** Draws a version up and discards the draft that it takes the place of. */
async function drawUp(
  tx: Queryable,
  actor: UserActor,
  { replaces, ...version }: Omit<NewCosts, 'actor'> & Pick<NewVersion, 'replaces'>,
): Promise<CostMatrixRow> {
  const drawn = await draftCosts(tx, { actor, ...version });
  if (replaces === null) return drawn;
  const draft = await findCosts(tx, replaces);
  if (draft?.status !== 'draft')
    throw new DomainError('CONFLICT', 'The draft that this would replace is no draft any more; look at it.');
  if (draft.createdBy?.id !== actor.id)
    throw new DomainError('FORBIDDEN', 'Only who drew a draft up replaces it.');
  await rejectCosts(tx, { actor, id: replaces, reason: `Replaced by version ${drawn.version}.` });
  return drawn;
}

/** @throws DomainError FORBIDDEN for the proposer (R11) and for a wrong password, CONFLICT when not proposed. */
export async function activateVersion(
  services: Services,
  session: ActiveSession,
  { id, reason, password }: { id: string; reason: string; password: string },
): Promise<{ version: CostVersion; redecided: number }> {
  await requirePassword(services, session, password);
  const { matrix, redecided } = await activateCosts(services.db, {
    actor: actorOf(session),
    id,
    reason,
    decide: decideUnder,
  });
  return { version: toVersion(matrix), redecided };
}

export async function rejectVersion(
  { db }: Services,
  session: ActiveSession,
  { id, reason }: { id: string; reason: string },
): Promise<CostVersion> {
  return toVersion(await rejectCosts(db, { actor: actorOf(session), id, reason }));
}
