import { emailSchema, type SingleSignOn } from '@blastwise/contracts';
import { createSession, findUserByEmail, renewSignOn } from '@blastwise/db';
import { z } from 'zod';
import type { Services } from '../services.ts';
import type { ActiveSession } from './session.ts';
import { recordRefusedSignIn } from './sign-in.ts';

/** Why a sign-on begins no session. */
export type SignOnRefusal = 'OtherIssuer' | 'UnverifiedEmail' | 'NoAccount';

/** For the audit trail. */
const REASONS: Readonly<Record<SignOnRefusal, string>> = {
  OtherIssuer: 'single sign-on: another issuer',
  UnverifiedEmail: 'single sign-on: no verified e-mail',
  NoAccount: 'single sign-on: no active account',
};

const claimsSchema = z.looseObject({
  iss: z.string(),
  /** Seconds since 1970, by the provider's clock: when the token was made, and when the user was last asked. */
  iat: z.number(),
  auth_time: z.number().optional(),
});

/** Some providers write a word or a number. */
const vouchedSchema = z.union([z.literal(true), z.literal('true'), z.literal(1), z.literal('1')]);

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
const instantOf = (seconds: number): Date => new Date(seconds * 1000);

interface Identity {
  /** In lower case, as accounts have it. */
  readonly email: string;
  /** When the provider last asked the user; null where it does not say. */
  readonly askedAt: Date | null;
  readonly issuedAt: Date;
}

/** Whom the claims of a verified ID token name, or why nobody. */
export function identityOf(provider: SingleSignOn, claims: unknown): Identity | SignOnRefusal {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success || withoutSlash(parsed.data.iss) !== withoutSlash(provider.issuer))
    return 'OtherIssuer';
  const { auth_time: askedAt, iat, email: given, [provider.verifiedClaim]: vouched } = parsed.data;
  const email = emailSchema.safeParse(given);
  if (!email.success || !vouchedSchema.safeParse(vouched).success) return 'UnverifiedEmail';
  return {
    email: email.data,
    askedAt: askedAt === undefined ? null : instantOf(askedAt),
    issuedAt: instantOf(iat),
  };
}

type Needs = Pick<Services, 'db' | 'folded'>;

async function refuse(
  services: Needs,
  userId: string | null,
  refusal: SignOnRefusal,
): Promise<SignOnRefusal> {
  await recordRefusedSignIn(services, userId, REASONS[refusal]);
  return refusal;
}

/**
 * The id of the session for whom the claims of a verified ID token name. Nobody gets an account by it: an admin has made it.
 * In `present`, a session of the same user that was begun in the same way, the sign-on is one done again: that session goes on.
 */
export async function signOn(
  services: Needs,
  { provider, claims, present }: { provider: SingleSignOn; claims: unknown; present: ActiveSession | null },
): Promise<{ sessionId: string } | SignOnRefusal> {
  const identity = identityOf(provider, claims);
  if (typeof identity === 'string') return refuse(services, null, identity);
  const { email, askedAt, issuedAt } = identity;
  const user = await findUserByEmail(services.db, email);
  if (!user || user.disabledAt) return refuse(services, user?.id ?? null, 'NoAccount');
  if (present?.user.id === user.id && present.signedOnAt !== null) {
    if (askedAt) await renewSignOn(services.db, { session: present, signedOnAt: askedAt });
    return { sessionId: present.id };
  }
  const session = await createSession(services.db, user.id, askedAt ?? issuedAt);
  return { sessionId: session.id };
}
