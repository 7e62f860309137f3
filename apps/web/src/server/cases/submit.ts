import { acceptCase, analyseAgain } from '@blastwise/db';
import type { z } from 'zod';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { DONE } from '../shared/schemas.ts';
import { keepUploads } from '../uploads/keep.ts';
import { openReceipt } from '../uploads/receipt.ts';
import type { SubmittedCase, submitCaseInput } from './schemas.ts';

/**
 * Accepts a case of uploads made before by the same user; from then on it cannot be lost (R23). Sent twice, it is one case.
 * @throws DomainError BAD_INPUT for a receipt that is old, forged or another user's, or whose upload is gone; CONFLICT
 * where it is sent again with another pseudonym or note.
 */
export async function submitCase(
  services: Services,
  session: ActiveSession,
  { pseudonym, note, uploads }: z.output<typeof submitCaseInput>,
): Promise<SubmittedCase> {
  const images = uploads.map((receipt) =>
    openReceipt(receipt, { secret: services.secret, userId: session.user.id, now: Date.now() }),
  );
  await keepUploads(
    services,
    images.map(({ sha256 }) => sha256),
  );
  const { caseId, images: accepted } = await acceptCase(services.db, {
    actor: actorOf(session),
    auditKey: services.auditKey,
    queue: await services.queue(),
    // Each upload has a receipt of its own: who sends the same ones again has not seen the first answer.
    submission: uploads.join(' '),
    pseudonym,
    note,
    images: images.map(({ sha256, width, height, bytes }) => ({ blobSha256: sha256, width, height, bytes })),
  });
  return { caseId, imageIds: accepted.map(({ id }) => id) };
}

/** @throws DomainError CONFLICT for a field that neither failed nor is unread with a result of a model out of service. */
export async function retryField(
  services: Services,
  session: ActiveSession,
  imageId: string,
): Promise<typeof DONE> {
  await analyseAgain(services.db, { actor: actorOf(session), imageId, queue: await services.queue() });
  return DONE;
}
