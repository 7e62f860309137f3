import { DomainError } from '@blastwise/contracts';
import { lockedTestImage } from '@blastwise/db';
import { z } from 'zod';
import type { Thumbnails } from '../images/thumbnails.ts';
import type { Services } from '../services.ts';
import { idSchema } from '../shared/schemas.ts';

const addressSchema = z.object({ setId: idSchema, place: z.coerce.number().int().nonnegative() });

/** A small WebP of a locked test set's image. @throws DomainError NOT_FOUND without it, also where a set holds features. */
export async function lockedThumbnail(
  { db, blobs }: Pick<Services, 'db' | 'blobs'>,
  address: { setId: string; place: string },
  thumbnails: Thumbnails,
): Promise<Uint8Array> {
  const asked = addressSchema.safeParse(address);
  const sha256 = asked.success ? await lockedTestImage(db, asked.data) : null;
  if (!sha256) throw new DomainError('NOT_FOUND', 'There is no such image.');
  return thumbnails.of(sha256, () => blobs.get(sha256));
}
