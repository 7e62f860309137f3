import { signCase } from '@blastwise/db';
import type { z } from 'zod';
import { confirmIdentity } from '../auth/confirm-identity.ts';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import { caseDetail } from '../cases/detail.ts';
import type { CaseDetail } from '../cases/schemas.ts';
import type { Services } from '../services.ts';
import type { signInput } from './schemas.ts';
import { shownResults } from './signing.ts';

/**
 * Signs a case as its signer sees it, and answers with it as it now stands.
 * @throws DomainError FORBIDDEN for a wrong password or a meaning that is not the role's, RATE_LIMITED, NOT_FOUND, CONFLICT
 * while a field is unread and when the record is not the one shown.
 */
export async function signAsShown(
  services: Services,
  session: ActiveSession,
  { caseId, meaning, record, password }: z.output<typeof signInput>,
): Promise<CaseDetail> {
  await confirmIdentity(services, session, password);
  const { fields } = await caseDetail(services, session, caseId);
  const { db, auditKey } = services;
  const actor = actorOf(session);
  await signCase(db, { actor, auditKey, caseId, meaning, shown: shownResults(fields), record });
  return caseDetail(services, session, caseId);
}
