import { DomainError } from '@blastwise/contracts';
import { imageBlobs, recordCorrection } from '@blastwise/db';
import { adjudicate } from '@blastwise/model/adjudication';
import type { z } from 'zod';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import { aiShownOf } from '../cases/ai-shown.ts';
import { caseDetail } from '../cases/detail.ts';
import type { CaseDetail } from '../cases/schemas.ts';
import { keepMasks } from '../masks/service.ts';
import type { Services } from '../services.ts';
import type { Correction, recordCorrectionInput } from './schemas.ts';

/** The case that a field belongs to. */
export async function caseOf(
  services: Services,
  session: ActiveSession,
  imageId: string,
): Promise<CaseDetail> {
  const image = await imageBlobs(services.db, imageId);
  if (!image) throw new DomainError('NOT_FOUND', 'There is no such field.');
  return caseDetail(services, session, image.caseId);
}

/**
 * Where the AI is hidden from the reader, the reading counts as made without it.
 * @throws DomainError NOT_FOUND, CONFLICT when the field's result has changed since it was shown, BAD_INPUT as {@link keepMasks}.
 */
export async function recordReading(
  services: Services,
  session: ActiveSession,
  { imageId, seen, correction, masks }: z.output<typeof recordCorrectionInput>,
): Promise<CaseDetail> {
  await recordCorrection(services.db, {
    actor: actorOf(session),
    auditKey: services.auditKey,
    imageId,
    seen: (await aiShownOf(services, session, imageId)) ? seen : null,
    correction,
    masks: await keepMasks(services, session, { imageId, masks }),
    adjudicate,
  });
  return caseOf(services, session, imageId);
}

/** Every reading of a field, newest first. */
export async function readingsOf(
  services: Services,
  session: ActiveSession,
  imageId: string,
): Promise<Correction[]> {
  const { fields } = await caseOf(services, session, imageId);
  return fields.find((field) => field.imageId === imageId)?.corrections ?? [];
}
