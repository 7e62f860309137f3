import { sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import type { Queryable } from '../client.ts';
import { notifyLive } from '../live/index.ts';
import { oneRow } from '../row-of.ts';
import { serviceSettings as table } from '../schema/index.ts';

export interface ServiceSettings {
  readonly aiEnabled: boolean;
  /** Share of accepted cases drawn for blind review, 0..1. */
  readonly blindShare: number;
}

const COLUMNS = { aiEnabled: table.aiEnabled, blindShare: table.blindShare };

export async function serviceSettings(db: Queryable): Promise<ServiceSettings> {
  return oneRow(await db.select(COLUMNS).from(table));
}

/** R12: with the AI off, fields are accepted and read, and no result is shown. */
export async function setAiEnabled(
  db: Queryable,
  input: { actor: UserActor; enabled: boolean; reason: string },
): Promise<ServiceSettings> {
  const { actor, enabled, reason } = input;
  return db.transaction(async (tx) => {
    const changed = await tx
      .update(table)
      .set({ aiEnabled: enabled, updatedAt: sql`now()` })
      .returning(COLUMNS);
    const event = { actor, action: 'settings.ai', subjectKind: 'settings' } as const;
    await appendAudit(tx, { ...event, fields: ['aiEnabled'], reason });
    await notifyLive(tx, { kind: 'models' });
    return oneRow(changed);
  });
}

/** Holds for cases accepted from now on. */
export async function setBlindShare(
  db: Queryable,
  input: { actor: UserActor; share: number; reason: string },
): Promise<ServiceSettings> {
  const { actor, share, reason } = input;
  return db.transaction(async (tx) => {
    const changed = await tx
      .update(table)
      .set({ blindShare: share, updatedAt: sql`now()` })
      .returning(COLUMNS);
    const event = { actor, action: 'settings.blind-review', subjectKind: 'settings' } as const;
    await appendAudit(tx, { ...event, fields: ['blindShare'], reason });
    await notifyLive(tx, { kind: 'models' });
    return oneRow(changed);
  });
}
