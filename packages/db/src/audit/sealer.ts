import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '../client.ts';
import type { AuditKey } from './key.ts';
import { type AuditHead, sealAudit } from './seal.ts';

export interface Sealer {
  stop(): Promise<void>;
}

const EVERY_MS = 400;
/** Every so many passes everything is looked through. */
const THOROUGH = 150;

/** Seals twice a second until stopped; `onHead` is called after every new head. Errors go to `onError` and it goes on. */
export function startSealer(
  db: Queryable,
  key: AuditKey,
  options: { onHead?: (head: AuditHead) => void | Promise<void>; onError?: (error: unknown) => void } = {},
): Sealer {
  const stopping = new AbortController();
  const { onHead } = options;
  const run = async () => {
    for (let pass = 0; !stopping.signal.aborted; pass++) {
      try {
        await sealAudit(db, key, { everything: pass % THOROUGH === 0, ...(onHead ? { onHead } : {}) });
      } catch (error) {
        options.onError?.(error);
      }
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const finished = run();
  return {
    async stop() {
      stopping.abort();
      await finished;
    },
  };
}
