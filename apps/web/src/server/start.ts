import { startSealer } from '@blastwise/db';
import { services } from './services.ts';
import { logFailure } from './shared/log.ts';

/** What runs in the portal's process beside its requests: the sealer of the audit trail (R1). */
export function startPortal(): void {
  const { db, auditKey } = services();
  startSealer(db, auditKey, { onError: (error) => logFailure('sealer', error) });
}
