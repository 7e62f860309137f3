import { DomainError } from '@blastwise/contracts';
import { adjudicateReadFields, startSealer } from '@blastwise/db';
import { adjudicate } from '@blastwise/model/adjudication';
import { type Services, services } from './services.ts';
import { logFailure } from './shared/log.ts';
import { startSweeper } from './uploads/sweeper.ts';

/** Next would go on without its services: a portal that cannot work says why and ends. */
function openOrExit(): Services {
  try {
    return services();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * What runs in the portal's process beside its requests: the sealer of the audit trail (R1), the sweeper of uploads and,
 * once, the adjudication of fields that were read before there was one.
 */
export function startPortal(): void {
  const { db, auditKey, auditAnchor, uploads } = openOrExit();
  startSweeper({ uploads });
  adjudicateReadFields(db, adjudicate).catch((error: unknown) => logFailure('adjudication', error));
  startSealer(db, auditKey, {
    onHead: (head) => auditAnchor?.note(db, head),
    onError: (error) => logFailure('sealer', error),
  });
}
