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
  undecidedCosts,
} from '@blastwise/db';
import { confirmIdentity } from '../auth/confirm-identity.ts';
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
): Promise<CostVersion> => drawnUp(services, session, version, 'draft');

/** A new version, proposed at once: another admin decides. */
export const proposeVersion = (
  services: Services,
  session: ActiveSession,
  version: NewVersion & { reason: string },
): Promise<CostVersion> => drawnUp(services, session, version, 'proposed');

/** Draws a version up and goes on with it, all or nothing. Sent twice, it is one version. */
async function drawnUp(
  services: Services,
  session: ActiveSession,
  { replaces, computed, ...version }: NewVersion & { reason: string },
  status: 'draft' | 'proposed',
): Promise<CostVersion> {
  const basis = await basisOf(services, computed);
  const actor = actorOf(session);
  const { reason } = version;
  const drawing = { ...version, actor, basis, reason: reason || null };
  return services.db.transaction(async (tx) => {
    const standing = await undecidedCosts(tx, { ...drawing, status });
    if (standing) return toVersion(standing);
    const drawn = await drawUp(tx, drawing, replaces);
    return toVersion(status === 'draft' ? drawn : await proposeCosts(tx, { actor, id: drawn.id, reason }));
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
  drawing: NewCosts,
  replaces: NewVersion['replaces'],
): Promise<CostMatrixRow> {
  const { actor } = drawing;
  const drawn = await draftCosts(tx, drawing);
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
  await confirmIdentity(services, session, password);
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
