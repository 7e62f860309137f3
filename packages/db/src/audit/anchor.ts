import { readFile, rename } from 'node:fs/promises';
import { DomainError, sha256Schema } from '@blastwise/contracts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../client.ts';
import { auditSeals } from '../schema/index.ts';
import { isMissing, writeDurably } from '../write-durably.ts';
import type { AuditHead } from './seal.ts';

const headSchema = z.object({ count: z.int().positive(), hash: sha256Schema });

/**
 * The latest head of the chain, noted in a small file outside the database: a database put back to an earlier
 * state no longer holds it. The hash is a keyed one, so the file needs no signature of its own.
 */
export interface AuditAnchor {
  /** For `verifyAudit`; undefined before the first one. CONFLICT when the file is damaged. */
  read(): Promise<AuditHead | undefined>;
  /** Notes a newer head. CONFLICT, and the old one stays, when the chain no longer holds the head noted before. */
  note(db: Queryable, head: AuditHead): Promise<void>;
  /** After a wanted restore: keeps the note under another name, which it returns; null when there is none. */
  setAside(): Promise<string | null>;
}

async function hashAt(db: Queryable, seq: number): Promise<string | null> {
  const [seal] = await db.select({ hash: auditSeals.hash }).from(auditSeals).where(eq(auditSeals.seq, seq));
  return seal?.hash ?? null;
}

export function openAuditAnchor(path: string): AuditAnchor {
  async function read(): Promise<AuditHead | undefined> {
    try {
      return headSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw new DomainError('CONFLICT', `The note of the audit trail's head in ${path} is damaged.`, {
        cause,
      });
    }
  }
  return {
    read,
    async note(db, head) {
      const before = await read();
      if (before && (await hashAt(db, before.count)) !== before.hash) {
        throw new DomainError('CONFLICT', 'The audit trail lost entries that it had before; verify it.');
      }
      if (before && before.count >= head.count) return;
      await writeDurably(path, `${JSON.stringify(head)}\n`);
    },
    async setAside() {
      const aside = `${path}.${Date.now()}`;
      try {
        await rename(path, aside);
        return aside;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  };
}
