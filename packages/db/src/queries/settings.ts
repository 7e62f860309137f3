import {
  type AdjudicationPolicy,
  DomainError,
  GATE_LARGEST_MARGIN,
  type Severity,
} from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import type { AuditAction } from '../audit/actions.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { oneRow } from '../row-of.ts';
import { serviceSettings as table } from '../schema/index.ts';

export interface ServiceSettings extends AdjudicationPolicy {
  readonly aiEnabled: boolean;
  /** Share of accepted cases drawn for blind review, 0..1. */
  readonly blindShare: number;
  /** By how much the rate of malignant fields called Benign may rise, 0..0.1, for judgements asked for from now on. */
  readonly gateMargin: number;
}

const COLUMNS = {
  aiEnabled: table.aiEnabled,
  blindShare: table.blindShare,
  seniorDecides: table.seniorDecides,
  gateMargin: table.gateMargin,
};

export async function serviceSettings(db: Queryable): Promise<ServiceSettings> {
  return oneRow(await db.select(COLUMNS).from(table));
}

interface Change {
  readonly actor: UserActor;
  readonly reason: string;
}

async function change(
  db: Queryable,
  { actor, reason }: Change,
  action: AuditAction,
  set: Partial<typeof table.$inferInsert>,
): Promise<ServiceSettings> {
  return db.transaction(async (tx) => {
    const changed = await tx
      .update(table)
      .set({ ...set, updatedAt: sql`now()` })
      .returning(COLUMNS);
    await appendAudit(tx, { actor, action, subjectKind: 'settings', fields: Object.keys(set), reason });
    await notifyLive(tx, { kind: 'models' });
    return oneRow(changed);
  });
}

/** R12: with the AI off, fields are accepted and read, and no result is shown. */
export const setAiEnabled = (
  db: Queryable,
  { enabled, ...by }: Change & { readonly enabled: boolean },
): Promise<ServiceSettings> => change(db, by, 'settings.ai', { aiEnabled: enabled });

/** Holds for cases accepted from now on. */
export const setBlindShare = (
  db: Queryable,
  { share, ...by }: Change & { readonly share: number },
): Promise<ServiceSettings> => change(db, by, 'settings.blind-review', { blindShare: share });

/** Holds for readings recorded from now on: what was settled or sent to a senior before stays until somebody reads it. */
export const setSeniorDecides = (
  db: Queryable,
  { severities, ...by }: Change & { readonly severities: readonly Severity[] },
): Promise<ServiceSettings> => change(db, by, 'settings.senior-decides', { seniorDecides: [...severities] });

/**
 * Holds for judgements asked for from now on; those under way and those that ended keep theirs. Whoever widens it is named in
 * them and promotes no model by them, nor is any model of theirs promoted by them.
 *
 * @throws DomainError BAD_INPUT for a margin out of range.
 */
export const setGateMargin = async (
  db: Queryable,
  { margin, ...by }: Change & { readonly margin: number },
): Promise<ServiceSettings> => {
  if (!(margin >= 0 && margin <= GATE_LARGEST_MARGIN))
    throw new DomainError(
      'BAD_INPUT',
      `The margin must be from 0 to ${100 * GATE_LARGEST_MARGIN} percentage points.`,
    );
  return change(db, by, 'settings.gate-margin', { gateMargin: margin, gateMarginSetBy: by.actor.id });
};

/** The margin in force, and who set it; null: as it came. */
export async function gateMargin(db: Queryable): Promise<{ margin: number; setBy: string | null }> {
  return oneRow(await db.select({ margin: table.gateMargin, setBy: table.gateMarginSetBy }).from(table));
}
