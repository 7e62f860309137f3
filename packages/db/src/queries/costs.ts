import { isDeepStrictEqual } from 'node:util';
import {
  type CostBasis,
  type CostMatrix,
  type CostMatrixStatus,
  costMatrixSchema,
  costsDigest,
  DomainError,
} from '@blastwise/contracts';
import { and, eq, sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { lockAlone } from '../locks.ts';
import { found, oneRow } from '../row-of.ts';
import type { CostMatrixRow } from '../rows.ts';
import { costMatrices } from '../schema/index.ts';
import { areTwoPeople } from './circles.ts';
import { findCosts } from './cost-matrices.ts';
import type { Decide } from './decide.ts';
import { redecide } from './redecide.ts';

interface Step {
  readonly actor: UserActor;
  readonly id: string;
  readonly reason: string;
}

/** The version, locked, if it is in one of the statuses that the step starts from; CONFLICT otherwise. */
async function lockVersion(
  tx: Queryable,
  id: string,
  from: readonly CostMatrixStatus[],
): Promise<CostMatrixRow> {
  await lockAlone(tx, 'versions');
  const version = found(await findCosts(tx, id), 'cost matrix');
  if (!from.includes(version.status)) {
    throw new DomainError(
      'CONFLICT',
      `Version ${version.version} of the cost matrix is ${version.status} by now.`,
    );
  }
  return version;
}

export interface NewCosts {
  readonly actor: UserActor;
  readonly name: string;
  readonly costs: CostMatrix;
  /** Why, as far as the drawer has said; a proposal gives it anew. */
  readonly reason?: string | null;
  /** What they were computed from; null: drawn up by hand. */
  readonly basis?: CostBasis | null;
}

/** A new version as a draft. What it says never changes afterwards. BAD_INPUT for costs that the contract refuses. */
export async function draftCosts(db: Queryable, input: NewCosts): Promise<CostMatrixRow> {
  const { actor, name, reason = null, basis = null } = input;
  const parsed = costMatrixSchema.safeParse(input.costs);
  if (!parsed.success) {
    throw new DomainError('BAD_INPUT', parsed.error.issues[0]?.message ?? 'This is no cost matrix.');
  }
  const { matrix, referralCost } = parsed.data;
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'versions');
    const version = sql<number>`(select coalesce(max(version), 0) + 1 from cost_matrices)`;
    const digest = await costsDigest(parsed.data);
    const values = {
      version,
      name,
      matrix,
      referralCost,
      digest,
      reason,
      basis,
      status: 'draft',
      createdBy: actor.id,
    } as const;
    const { id } = oneRow(await tx.insert(costMatrices).values(values).returning({ id: costMatrices.id }));
    const event = { actor, action: 'costs.draft', subjectKind: 'costs', subjectId: id } as const;
    await appendAudit(tx, {
      ...event,
      fields: ['name', 'matrix', 'referralCost', 'basis'],
      reason,
    });
    await notifyLive(tx, { kind: 'costs' });
    return found(await findCosts(tx, id), 'cost matrix');
  });
}

/**
 * What somebody has drawn up and nobody has decided on, word for word the same; null: nothing. It is looked for behind
 * every other drawing up, so that one sent twice is found.
 */
export async function undecidedCosts(
  tx: Queryable,
  { actor, name, costs, reason = null, basis = null, status }: NewCosts & { status: 'draft' | 'proposed' },
): Promise<CostMatrixRow | null> {
  await lockAlone(tx, 'versions');
  const rows = await tx
    .select({ id: costMatrices.id, basis: costMatrices.basis })
    .from(costMatrices)
    .where(
      and(
        eq(costMatrices.createdBy, actor.id),
        eq(costMatrices.status, status),
        eq(costMatrices.name, name),
        eq(costMatrices.digest, await costsDigest(costs)),
        sql`${costMatrices.reason} is not distinct from ${reason}`,
      ),
    );
  const same = rows.find((row) => isDeepStrictEqual(row.basis, basis));
  return same ? findCosts(tx, same.id) : null;
}

/** draft -> proposed. CONFLICT from any other status. */
export async function proposeCosts(db: Queryable, { actor, id, reason }: Step): Promise<CostMatrixRow> {
  return db.transaction(async (tx) => {
    await lockVersion(tx, id, ['draft']);
    await tx
      .update(costMatrices)
      .set({ status: 'proposed', reason, proposedBy: actor.id, proposedAt: sql`now()` })
      .where(eq(costMatrices.id, id));
    const event = { actor, action: 'costs.propose', subjectKind: 'costs', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['status'], reason });
    await notifyLive(tx, { kind: 'costs' });
    return found(await findCosts(tx, id), 'cost matrix');
  });
}

/** FORBIDDEN for who drew the version up or proposed it, and for their circles (R11). */
async function requireAnother(tx: Queryable, version: CostMatrixRow, actor: UserActor): Promise<void> {
  for (const author of [version.createdBy, version.proposedBy]) {
    if (author?.id === actor.id)
      throw new DomainError(
        'FORBIDDEN',
        'Who draws up or proposes a cost matrix does not activate it; ask another admin.',
      );
    if (author && !(await areTwoPeople(tx, author.id, actor.id)))
      throw new DomainError(
        'FORBIDDEN',
        'Your account and the proposer\u2019s have shared a password; ask an admin whose account was made at the server.',
      );
  }
}

/**
 * proposed -> active; the version active so far retires. FORBIDDEN for who drew it up, its proposer and their circles (R11).
 * Fields not yet settled are decided anew under it; settled ones keep theirs.
 */
export async function activateCosts(
  db: Queryable,
  { actor, id, reason, decide }: Step & { readonly decide: Decide },
): Promise<{ matrix: CostMatrixRow; redecided: number }> {
  return db.transaction(async (tx) => {
    const version = await lockVersion(tx, id, ['proposed']);
    await requireAnother(tx, version, actor);
    await tx
      .update(costMatrices)
      .set({ status: 'retired', retiredAt: sql`now()` })
      .where(eq(costMatrices.status, 'active'));
    await tx
      .update(costMatrices)
      .set({ status: 'active', decidedBy: actor.id, decidedAt: sql`now()`, decisionReason: reason })
      .where(eq(costMatrices.id, id));
    const redecided = await redecide(tx, version, decide);
    const event = { actor, action: 'costs.activate', subjectKind: 'costs', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['status', 'decisions'], reason });
    await notifyLive(tx, { kind: 'costs' });
    return { matrix: found(await findCosts(tx, id), 'cost matrix'), redecided };
  });
}

/** draft or proposed -> rejected; a proposer may withdraw their own. */
export async function rejectCosts(db: Queryable, { actor, id, reason }: Step): Promise<CostMatrixRow> {
  return db.transaction(async (tx) => {
    await lockVersion(tx, id, ['draft', 'proposed']);
    await tx
      .update(costMatrices)
      .set({ status: 'rejected', decidedBy: actor.id, decidedAt: sql`now()`, decisionReason: reason })
      .where(eq(costMatrices.id, id));
    const event = { actor, action: 'costs.reject', subjectKind: 'costs', subjectId: id } as const;
    await appendAudit(tx, { ...event, fields: ['status'], reason });
    await notifyLive(tx, { kind: 'costs' });
    return found(await findCosts(tx, id), 'cost matrix');
  });
}
