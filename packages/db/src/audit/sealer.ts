import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';
import type { AuditKey } from './key.ts';

/** Count and last hash of the sealed chain: keep a copy outside the database and give it to `verifyAudit`. */
export interface AuditHead {
  readonly count: number;
  readonly hash: string;
}

/** Seals every committed event not sealed yet and signs the head. Returns how many. Safe to call from many processes. */
export async function sealAudit(db: Queryable, key: AuditKey): Promise<number> {
  return unbuilt(db, key);
}

export interface Sealer {
  stop(): Promise<void>;
}

/** Seals twice a second until stopped; `onHead` is called after every new head. Errors go to `onError` and it goes on. */
export function startSealer(
  db: Queryable,
  key: AuditKey,
  options?: { onHead?: (head: AuditHead) => void; onError?: (error: unknown) => void },
): Sealer {
  return unbuilt(db, key, options);
}
