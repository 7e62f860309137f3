import { DomainError } from '@blastwise/contracts';
import { asc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { lockAlone } from '../locks.ts';
import { auditEvents, auditHeads, auditSeals } from '../schema/index.ts';
import { GENESIS, headSignature, linkHash } from './canonical.ts';
import type { AuditKey } from './key.ts';

/** Count and last hash of the sealed chain: `AuditAnchor` keeps it outside the database. */
export interface AuditHead {
  readonly count: number;
  readonly hash: string;
}

export const CHAIN = 'main';

/** Events sealed in one transaction. */
const BATCH = 1000;

/**
 * A transaction may commit an event below one that is sealed already. It is looked for this far below; further
 * down only when everything is looked through.
 */
const LATE = 10_000;

export async function readHead(db: Queryable) {
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.chain, CHAIN));
  return head ?? null;
}

async function unsealed(tx: Queryable, everything: boolean) {
  const from = everything ? sql`0` : sql`(select coalesce(max(event_id), 0) - ${LATE} from audit_seals)`;
  const rows = await tx
    .select({ event: auditEvents })
    .from(auditEvents)
    .leftJoin(auditSeals, eq(auditSeals.eventId, auditEvents.id))
    .where(sql`${auditEvents.id} > ${from} and ${auditSeals.seq} is null`)
    .orderBy(asc(auditEvents.id))
    .limit(BATCH);
  return rows.map(({ event }) => event);
}

/** Seals one batch; returns the new head, or null when there was nothing to seal. */
async function sealBatch(
  db: Queryable,
  key: AuditKey,
  everything: boolean,
): Promise<(AuditHead & { sealed: number }) | null> {
  // Nearly every pass finds nothing, and then takes no lock.
  if ((await unsealed(db, everything)).length === 0) return null;
  return db.transaction(async (tx) => {
    await lockAlone(tx, 'audit seal');
    const events = await unsealed(tx, everything);
    if (events.length === 0) return null;
    const head = await readHead(tx);
    if (head && head.signature !== headSignature(key, head.count, head.hash, head.signedAt)) {
      throw new DomainError(
        'CONFLICT',
        'The head of the audit trail is not signed with this key; sealing stopped.',
      );
    }
    let seq = head?.count ?? 0;
    let hash = head?.hash ?? GENESIS;
    const seals = events.map((event) => {
      seq += 1;
      hash = linkHash(key, hash, seq, event);
      return { seq, eventId: event.id, hash };
    });
    await tx.insert(auditSeals).values(seals);
    const signedAt = new Date();
    const next = { count: seq, hash, signedAt, signature: headSignature(key, seq, hash, signedAt) };
    await tx
      .insert(auditHeads)
      .values({ chain: CHAIN, ...next })
      .onConflictDoUpdate({ target: auditHeads.chain, set: next });
    return { count: seq, hash, sealed: events.length };
  });
}

/**
 * Seals every committed event not sealed yet and signs the head. Returns how many. Safe to call from many processes.
 * CONFLICT when the head was signed with another key: a chain is never continued under a second one.
 */
export async function sealAudit(
  db: Queryable,
  key: AuditKey,
  options: { everything?: boolean; onHead?: (head: AuditHead) => void | Promise<void> } = {},
): Promise<number> {
  for (let sealed = 0; ; ) {
    const head = await sealBatch(db, key, options.everything ?? true);
    if (!head) return sealed;
    sealed += head.sealed;
    await options.onHead?.({ count: head.count, hash: head.hash });
  }
}
