import { sql } from 'drizzle-orm';
import { type AuditHead, sealAudit, verifyAudit } from '../audit/index.ts';
import type { Queryable } from '../client.ts';
import { AUDIT_KEY } from './fixtures.ts';

/** What no fault may break. */
export interface Standing {
  /** Models in service. */
  readonly champions: number;
  /** Why the trail is not whole, or null. */
  readonly trail: string | null;
}

/** One model in service, and the trail whole. */
export const SOUND: Standing = { champions: 1, trail: null };

export async function championCount(db: Queryable): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from model_deployments where ended_at is null`,
  );
  return rows[0]?.n ?? 0;
}

/**
 * Tells how an installation stands, each time it is asked. The trail is sealed and then verified against the head seen
 * the time before: an event that was sealed once and is gone is a fault, as in `blastwise audit verify`.
 */
export function standingOf(db: Queryable): () => Promise<Standing> {
  let anchor: AuditHead | undefined;
  return async () => {
    let latest = anchor;
    await sealAudit(db, AUDIT_KEY, {
      onHead: (head) => {
        latest = head;
      },
    });
    const { fault } = await verifyAudit(db, AUDIT_KEY, { anchor });
    anchor = latest;
    return { champions: await championCount(db), trail: fault?.sentence ?? null };
  };
}
