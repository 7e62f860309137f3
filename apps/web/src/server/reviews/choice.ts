import { DomainError } from '@blastwise/contracts';
import { recordCostChoice } from '@blastwise/db';
import type { z } from 'zod';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { CaseDetail } from '../cases/schemas.ts';
import type { Services } from '../services.ts';
import type { chooseInput } from './schemas.ts';
import { caseOf } from './service.ts';

/**
 * Records which of two decisions a reader would rather take. Only what the reader is asked can be answered: see
 * `caseDetail`.
 * @throws DomainError NOT_FOUND, FORBIDDEN where nothing is asked, CONFLICT when the field's result has changed since it
 * was shown and when there is nothing to take back.
 */
export async function recordChoice(
  services: Services,
  session: ActiveSession,
  { imageId, decisionId, answer }: z.output<typeof chooseInput>,
): Promise<CaseDetail> {
  const { fields } = await caseOf(services, session, imageId);
  const choice = fields.find((field) => field.imageId === imageId)?.choice;
  if (!choice)
    throw new DomainError('FORBIDDEN', 'Nothing is asked of this field; answer on fields that ask.');
  const { first, second } = choice;
  await recordCostChoice(services.db, {
    actor: actorOf(session),
    auditKey: services.auditKey,
    imageId,
    decisionId,
    first,
    second,
    answer,
  });
  return caseOf(services, session, imageId);
}
