import { asc, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../client.ts';
import { auditEvents, auditSeals } from '../schema/index.ts';
import { GENESIS, headSignature, linkHash } from './canonical.ts';
import type { AuditKey } from './key.ts';
import { type AuditHead, readHead } from './seal.ts';

export const auditFaultSchema = z.object({
  kind: z.enum(['row-changed', 'row-missing', 'tail-missing', 'head-forged', 'not-sealed']),
  /** `audit_events.id`, where one is concerned. */
  eventId: z.int().nullable(),
  /** Place in the chain, where one is concerned. */
  seq: z.int().nullable(),
  sentence: z.string(),
});
export type AuditFault = z.infer<typeof auditFaultSchema>;

export const auditVerdictSchema = z.object({
  ok: z.boolean(),
  /** Sealed events found good before the first fault. */
  checked: z.int(),
  unsealed: z.int(),
  fault: auditFaultSchema.nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

const BATCH = 1000;
const UNSEALED_AFTER_MS = 5000;

const fault = (
  kind: AuditFault['kind'],
  seq: number | null,
  eventId: number | null,
  sentence: string,
): AuditFault => ({
  kind,
  seq,
  eventId,
  sentence,
});

const linksAfter = (db: Queryable, seq: number) =>
  db
    .select({ seal: auditSeals, event: auditEvents })
    .from(auditSeals)
    .leftJoin(auditEvents, eq(auditEvents.id, auditSeals.eventId))
    .where(gt(auditSeals.seq, seq))
    .orderBy(asc(auditSeals.seq))
    .limit(BATCH);

interface Walk {
  readonly count: number;
  readonly hash: string;
  readonly fault: AuditFault | null;
  /** Hash at the anchor's place, once passed. */
  readonly atAnchor: string | null;
}

async function walk(
  db: Queryable,
  key: AuditKey,
  anchor: AuditHead | undefined,
  onProgress: (checked: number) => void,
): Promise<Walk> {
  let count = 0;
  let hash = GENESIS;
  let atAnchor: string | null = null;
  for (;;) {
    const links = await linksAfter(db, count);
    for (const { seal, event } of links) {
      const seq = count + 1;
      const stop = (found: AuditFault): Walk => ({ count, hash, fault: found, atAnchor });
      if (seal.seq !== seq) {
        return stop(fault('row-missing', seq, null, `Entry ${seq} of the audit trail is missing.`));
      }
      if (!event) {
        const sentence = `Event ${seal.eventId}, entry ${seq} of the audit trail, is missing.`;
        return stop(fault('row-missing', seq, seal.eventId, sentence));
      }
      if (linkHash(key, hash, seq, event) !== seal.hash) {
        const sentence = `Event ${event.id}, entry ${seq} of the audit trail, is not what was sealed.`;
        return stop(fault('row-changed', seq, event.id, sentence));
      }
      count = seq;
      hash = seal.hash;
      if (count === anchor?.count) atAnchor = hash;
    }
    onProgress(count);
    if (links.length < BATCH) return { count, hash, fault: null, atAnchor };
  }
}

async function checkHead(
  db: Queryable,
  key: AuditKey,
  chain: Walk,
  anchor?: AuditHead,
): Promise<AuditFault | null> {
  const head = await readHead(db);
  const expected = Math.max(head?.count ?? 0, anchor?.count ?? 0);
  if (head && head.signature !== headSignature(key, head.count, head.hash, head.signedAt)) {
    return fault('head-forged', null, null, 'The head of the audit trail is not signed with its key.');
  }
  if (chain.count < expected) {
    const sentence = `The audit trail ends after entry ${chain.count}; entries up to ${expected} are missing.`;
    return fault('tail-missing', chain.count + 1, null, sentence);
  }
  if ((head?.count ?? 0) !== chain.count || (head && head.hash !== chain.hash)) {
    return fault('head-forged', null, null, 'The head of the audit trail does not belong to its last entry.');
  }
  if (anchor && anchor.count > 0 && chain.atAnchor !== anchor.hash) {
    const sentence = `Entry ${anchor.count} of the audit trail is not the one that was noted outside the database.`;
    return fault('row-changed', anchor.count, null, sentence);
  }
  return null;
}

async function checkUnsealed(
  db: Queryable,
  afterMs: number,
): Promise<{ count: number; late: AuditFault | null }> {
  const { rows } = await db.execute<{ count: number; late: string | null }>(sql`
    select count(*)::int as count,
      min(e.id) filter (where e.at < clock_timestamp() - make_interval(secs => ${afterMs / 1000}::float8)) as late
    from audit_events e left join audit_seals s on s.event_id = e.id where s.seq is null`);
  const count = rows[0]?.count ?? 0;
  const late = rows[0]?.late ?? null;
  if (late === null) return { count, late: null };
  const sentence = `Event ${late} was never sealed into the audit trail.`;
  return { count, late: fault('not-sealed', null, Number(late), sentence) };
}

/** R1: walks the chain and names the first fault. `anchor`: a head kept outside the database, at least to be reached. */
export async function verifyAudit(
  db: Queryable,
  key: AuditKey,
  options: {
    anchor?: AuditHead | undefined;
    unsealedAfterMs?: number;
    onProgress?: (checked: number, total: number) => void;
  } = {},
): Promise<AuditVerdict> {
  // One snapshot: what is sealed meanwhile does not look like a fault.
  return db.transaction(
    async (tx) => {
      const total = (await readHead(tx))?.count ?? 0;
      const chain = await walk(tx, key, options.anchor, (checked) => options.onProgress?.(checked, total));
      const { count, late } = await checkUnsealed(tx, options.unsealedAfterMs ?? UNSEALED_AFTER_MS);
      const first = chain.fault ?? (await checkHead(tx, key, chain, options.anchor)) ?? late;
      return { ok: first === null, checked: chain.count, unsealed: count, fault: first };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
