import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { cases, corrections, images } from '../schema/index.ts';

const BYTES = 6;

/**
 * Whether an accepted case goes to blind review: its identifier, by hash, falls into the first `share` of all. Nobody
 * chooses, and anybody can check it later.
 */
export function drawnForBlindReview(caseId: string, share: number): boolean {
  const hash = createHash('sha256').update(`blind review ${caseId}`).digest();
  return hash.readUIntBE(0, BYTES) / 2 ** (8 * BYTES) < share;
}

/** Whether a field's case is in blind review; null without such a field. */
export async function imageBlindness(db: Queryable, imageId: string): Promise<boolean | null> {
  const [row] = await db
    .select({ blindReview: cases.blindReview })
    .from(images)
    .innerJoin(cases, eq(cases.id, images.caseId))
    .where(eq(images.id, imageId));
  return row?.blindReview ?? null;
}

export async function hasReadImage(
  db: Queryable,
  input: { imageId: string; readerId: string },
): Promise<boolean> {
  const { imageId, readerId } = input;
  const own = and(eq(corrections.imageId, imageId), eq(corrections.readerId, readerId));
  return (await db.$count(corrections, own)) > 0;
}
