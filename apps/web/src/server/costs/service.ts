import type { CostMatrix } from '@blastwise/contracts';
import {
  activateCosts,
  activeCosts,
  type CostMatrixRow,
  draftCosts,
  listCosts,
  proposeCosts,
  rejectCosts,
} from '@blastwise/db';
import { requirePassword } from '../auth/require-password.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { iso, isoOrNull } from '../shared/schemas.ts';
import { decideUnder } from './decide.ts';
import type { CostVersion } from './schemas.ts';

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

/** A new version, proposed at once: another admin decides. */
export async function proposeVersion(
  { db }: Services,
  session: ActiveSession,
  { name, costs, reason }: { name: string; costs: CostMatrix; reason: string },
): Promise<CostVersion> {
  const actor = actorOf(session);
  return db.transaction(async (tx) => {
    const { id } = await draftCosts(tx, { actor, name, costs });
    return toVersion(await proposeCosts(tx, { actor, id, reason }));
  });
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
