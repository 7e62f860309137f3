import { DomainError } from '@blastwise/contracts';
import { type EditedMasks, imageBlobs, readingMasks } from '@blastwise/db';
import { sanitiseMask } from '@blastwise/model/sanitise';
import { z } from 'zod';
import type { ActiveSession } from '../auth/session.ts';
import { aiShownOf } from '../cases/ai-shown.ts';
import type { Services } from '../services.ts';
import { keepUploads } from '../uploads/keep.ts';
import { makeReceipt, openReceipt } from '../uploads/receipt.ts';
import { inTurn } from '../uploads/service.ts';
import { type EditedMasksInput, type MaskAccepted, maskLayerSchema } from './schemas.ts';

/**
 * Checks a mask drawn on a field and stores it until a reading takes it.
 * @throws DomainError NOT_FOUND without such a field; BAD_INPUT for another size or anything but black and white;
 * as a picture that is uploaded.
 */
export async function acceptMask(
  services: Services,
  session: ActiveSession,
  { imageId, file }: { imageId: string; file: Uint8Array },
): Promise<MaskAccepted> {
  const id = z.uuid().safeParse(imageId);
  const field = id.success ? await imageBlobs(services.db, id.data) : null;
  if (!field) throw new DomainError('NOT_FOUND', 'There is no such field.');
  const { width, height } = field;
  const png = await inTurn(() => sanitiseMask(file, field));
  const uploaded = { sha256: await services.uploads.put(png), width, height, bytes: png.byteLength };
  return { receipt: makeReceipt(uploaded, receiptOptions(services, session, imageId)) };
}

const receiptOptions = ({ secret }: Services, { user }: ActiveSession, imageId: string) => ({
  secret,
  userId: user.id,
  now: Date.now(),
  maskOf: imageId,
});

/**
 * Moves the masks of a reading to where blobs stay for good.
 * @throws DomainError BAD_INPUT for a receipt that is old, forged, another user's or another field's.
 */
export async function keepMasks(
  services: Services,
  session: ActiveSession,
  { imageId, masks }: { imageId: string; masks: EditedMasksInput },
): Promise<EditedMasks> {
  const open = (receipt: string | null | undefined) =>
    receipt && openReceipt(receipt, receiptOptions(services, session, imageId)).sha256;
  const kept = { maskSha256: open(masks.mask), nucleusSha256: open(masks.nucleus) };
  await keepUploads(
    services,
    Object.values(kept).filter((sha256) => typeof sha256 === 'string'),
  );
  return kept;
}

/**
 * A mask as one reading corrected it, PNG of 0 and 255. NOT_FOUND where it corrected none, and where it may have begun from
 * what the AI had drawn while that is hidden from the caller (R12, R13).
 */
export async function editedMask(
  services: Services,
  session: ActiveSession,
  reading: string,
  layer: string,
): Promise<Uint8Array> {
  const id = z.uuid().safeParse(reading);
  const name = maskLayerSchema.safeParse(layer);
  const found = id.success ? await readingMasks(services.db, id.data) : null;
  const sha256 = name.success && found ? found[`${name.data}Sha256`] : null;
  if (!found || !sha256 || !showsMasks(found, await aiShownOf(services, session, found.imageId))) {
    throw new DomainError('NOT_FOUND', 'There is no such mask.');
  }
  return services.blobs.get(sha256);
}

/** Where the AI is hidden, only masks that were drawn without it may be seen. */
export const showsMasks = (reading: { readonly masksFromResult: boolean }, aiShown: boolean): boolean =>
  aiShown || !reading.masksFromResult;
