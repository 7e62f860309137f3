import { MATURITY_STAGES } from '@blastwise/contracts';
import { aliasedTable, desc, eq, type SQL } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { oneRow } from '../row-of.ts';
import type { CostMatrixRow } from '../rows.ts';
import { costMatrices, users } from '../schema/index.ts';

const creator = aliasedTable(users, 'creator');
const proposer = aliasedTable(users, 'proposer');
const decider = aliasedTable(users, 'decider');

async function select(db: Queryable, where: SQL | undefined): Promise<CostMatrixRow[]> {
  const rows = await db
    .select({
      matrix: costMatrices,
      createdBy: { id: creator.id, name: creator.name },
      proposedBy: { id: proposer.id, name: proposer.name },
      decidedBy: { id: decider.id, name: decider.name },
    })
    .from(costMatrices)
    .leftJoin(creator, eq(creator.id, costMatrices.createdBy))
    .leftJoin(proposer, eq(proposer.id, costMatrices.proposedBy))
    .leftJoin(decider, eq(decider.id, costMatrices.decidedBy))
    .where(where)
    .orderBy(desc(costMatrices.version));
  return rows.map(({ matrix: { matrix, referralCost, ...row }, ...people }) => ({
    ...row,
    ...people,
    costs: { stages: [...MATURITY_STAGES], matrix, referralCost },
  }));
}

/** Newest version first. */
export async function listCosts(db: Queryable): Promise<CostMatrixRow[]> {
  return select(db, undefined);
}

export async function findCosts(db: Queryable, id: string): Promise<CostMatrixRow | null> {
  const [row] = await select(db, eq(costMatrices.id, id));
  return row ?? null;
}

/** The version that decides now; there always is one. */
export async function activeCosts(db: Queryable): Promise<CostMatrixRow> {
  return oneRow(await select(db, eq(costMatrices.status, 'active')));
}

/** Version 1, from which every cost that is learned starts. */
export async function foundingCosts(db: Queryable): Promise<CostMatrixRow> {
  return oneRow(await select(db, eq(costMatrices.version, 1)));
}
