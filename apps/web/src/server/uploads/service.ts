import { findDuplicates } from '@blastwise/db';
import { sanitiseImage } from '@blastwise/model/sanitise';
import type { ActiveSession } from '../auth/session.ts';
import type { Services } from '../services.ts';
import { atMost } from '../shared/at-most.ts';
import { iso } from '../shared/schemas.ts';
import { makeReceipt } from './receipt.ts';
import type { UploadAccepted } from './schemas.ts';

/** A decoded photograph takes up to 100 MB; image libraries would decode everything that comes before they encode. */
export const inTurn = atMost(4);

/**
 * Checks one image, keeps nothing of it but its pixels, and stores those until it is submitted (R16). Its file name never comes here.
 * @throws DomainError IMAGE_EMPTY, IMAGE_TOO_LARGE, NOT_AN_IMAGE, IMAGE_UNSUPPORTED, IMAGE_TRUNCATED.
 */
export async function acceptUpload(
  services: Services,
  session: ActiveSession,
  file: Uint8Array,
): Promise<UploadAccepted> {
  const { png, width, height } = await inTurn(() => sanitiseImage(file));
  const sha256 = await services.uploads.put(png);
  const duplicates = (await findDuplicates(services.db, [sha256])).get(sha256) ?? [];
  const uploaded = { sha256, width, height, bytes: png.byteLength };
  return {
    ...uploaded,
    receipt: makeReceipt(uploaded, { secret: services.secret, userId: session.user.id, now: Date.now() }),
    duplicates: duplicates.map(({ imageId, caseId, createdAt }) => ({
      imageId,
      caseId,
      submittedAt: iso(createdAt),
    })),
  };
}
