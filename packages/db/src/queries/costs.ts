import type { CostMatrix } from '@blastwise/contracts';
import type { UserActor } from '../actor.ts';
import type { Queryable } from '../client.ts';
import type { CostMatrixRow } from '../rows.ts';
import { unbuilt } from '../unbuilt.ts';
import type { Decide } from './analyses.ts';

/** Newest version first. */
export async function listCosts(db: Queryable): Promise<CostMatrixRow[]> {
  return unbuilt(db);
}

export async function findCosts(db: Queryable, id: string): Promise<CostMatrixRow | null> {
  return unbuilt(db, id);
}

export async function activeCosts(db: Queryable): Promise<CostMatrixRow> {
  return unbuilt(db);
}

/** A new version as a draft. What it says never changes afterwards. */
export async function draftCosts(
  db: Queryable,
  input: { actor: UserActor; name: string; costs: CostMatrix },
): Promise<CostMatrixRow> {
  return unbuilt(db, input);
}

/** draft -> proposed. CONFLICT from any other status. */
export async function proposeCosts(
  db: Queryable,
  input: { actor: UserActor; id: string; reason: string },
): Promise<CostMatrixRow> {
  return unbuilt(db, input);
}

/**
 * proposed -> active; the version active so far retires. FORBIDDEN for its proposer (R11). Fields not yet read are
 * decided anew under it; read ones keep theirs.
 */
export async function activateCosts(
  db: Queryable,
  input: { actor: UserActor; id: string; reason: string; decide: Decide },
): Promise<{ matrix: CostMatrixRow; redecided: number }> {
  return unbuilt(db, input);
}

/** draft or proposed -> rejected; a proposer may withdraw their own. */
export async function rejectCosts(
  db: Queryable,
  input: { actor: UserActor; id: string; reason: string },
): Promise<CostMatrixRow> {
  return unbuilt(db, input);
}

/** For a preview: every field not yet read, with its analysis and the decision in force; newest first. */
export async function unreviewedAnalyses(
  db: Queryable,
  input: { limit: number },
): Promise<
  {
    imageId: string;
    caseId: string;
    analysis: Parameters<Decide>[0];
    decision: { stage: ReturnType<Decide>['stage']; defer: boolean; expectedCost: number };
  }[]
> {
  return unbuilt(db, input);
}
