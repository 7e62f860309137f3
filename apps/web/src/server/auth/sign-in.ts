import { randomBytes } from 'node:crypto';
import { DomainError, emailSchema } from '@blastwise/contracts';
import { createSession, findUserByEmail, type Session, SYSTEM } from '@blastwise/db';
import { hashPassword, verifyPassword } from '@blastwise/db/passwords';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { attemptSucceeded, beginAttempt } from './attempts.ts';

export const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) });

type Needs = Pick<Services, 'db' | 'auditKey' | 'folded'>;

let decoy: Promise<string> | undefined;

/** An unknown e-mail costs the same scrypt as a known one, so that the time taken tells nothing. */
function decoyHash(): Promise<string> {
  decoy ??= hashPassword(randomBytes(32).toString('base64'));
  return decoy;
}

/** `userId`: whose account it would have been; null where there is none. */
export async function recordRefusedSignIn(
  services: Pick<Services, 'db' | 'folded'>,
  userId: string | null,
  reason: string,
): Promise<void> {
  await services.folded.record(services.db, `sign-in ${userId} ${reason}`, {
    actor: SYSTEM,
    action: 'session.refuse',
    subjectKind: 'user',
    subjectId: userId,
    reason,
  });
}

/**
 * Starts a session for a right password; null for a wrong one, an unknown e-mail and a disabled user alike.
 * @throws DomainError RATE_LIMITED after too many failures.
 */
export async function signIn(
  services: Needs,
  input: { email: string; password: string; address: string },
): Promise<Session | null> {
  const credentials = credentialsSchema.safeParse(input);
  if (!credentials.success) return null;
  const { email, password } = credentials.data;
  const attempt = { account: email, address: input.address };
  const user = await findUserByEmail(services.db, email);
  try {
    await beginAttempt(services, attempt);
  } catch (error) {
    if (error instanceof DomainError)
      await recordRefusedSignIn(services, user?.id ?? null, 'too many failures');
    throw error;
  }
  const right = await verifyPassword(password, user?.passwordHash ?? (await decoyHash()));
  if (!user || !right || user.disabledAt) {
    await recordRefusedSignIn(services, user?.id ?? null, 'wrong e-mail or password');
    return null;
  }
  await attemptSucceeded(services, attempt);
  return createSession(services.db, user.id);
}
