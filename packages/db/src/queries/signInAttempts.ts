import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';

/** Digests are keyed (`fieldDigest(auditKey, 'email', email)`), so that no address is stored. */
export async function recordSignInAttempt(
  db: Queryable,
  input: { emailDigest: string; ipDigest: string; ok: boolean },
): Promise<void> {
  return unbuilt(db, input);
}

/** Failures within the window since the last success of that e-mail, and of that address. */
export async function recentSignInFailures(
  db: Queryable,
  input: { emailDigest: string; ipDigest: string; windowMinutes: number },
): Promise<{ byEmail: number; byIp: number }> {
  return unbuilt(db, input);
}
