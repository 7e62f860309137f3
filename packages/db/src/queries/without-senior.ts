import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { imageStates, users } from '../schema/index.ts';

/** Fields that wait for a senior's word while nobody can sign in who is a senior; 0 where somebody can. */
export async function fieldsWithoutSenior(db: Queryable): Promise<number> {
  const seniors = await db.$count(users, and(eq(users.role, 'senior'), isNull(users.disabledAt)));
  return seniors > 0 ? 0 : db.$count(imageStates, eq(imageStates.adjudication, 'disputed'));
}
