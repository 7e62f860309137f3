import { eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { lockAlone, lockShared } from '../locks.ts';
import { found } from '../row-of.ts';
import { users } from '../schema/index.ts';

/**
 * Who has once handed over an account's password may still know one, or have signed in with it and chosen the next:
 * no later event proves otherwise. So circles only ever grow together (docs/decisions).
 */
export async function circleOf(tx: Queryable, userId: string): Promise<string> {
  await lockShared(tx, 'circles');
  const [row] = await tx.select({ circle: users.circle }).from(users).where(eq(users.id, userId));
  return found(row, 'user').circle;
}

/** Everybody of the user's circle joins the other one. */
export async function joinCircle(
  tx: Queryable,
  { of, userId }: { of: string; userId: string },
): Promise<void> {
  await lockAlone(tx, 'circles');
  const [into, from] = [await circleOf(tx, of), await circleOf(tx, userId)];
  await tx.update(users).set({ circle: into }).where(eq(users.circle, from));
}

/** Whether two accounts count as two people (R11). */
export async function areTwoPeople(tx: Queryable, one: string, other: string): Promise<boolean> {
  await lockShared(tx, 'circles');
  const rows = await tx
    .select({ circle: users.circle })
    .from(users)
    .where(inArray(users.id, [one, other]));
  return new Set(rows.map(({ circle }) => circle)).size === 2;
}
