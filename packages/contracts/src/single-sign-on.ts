import { z } from 'zod';
import { DomainError } from './errors.ts';

/** Stands in the address that a provider leads back to: /api/auth/callback/oidc. */
export const SINGLE_SIGN_ON_ID = 'oidc';

const isLoopback = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const VARIABLES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;

const ISSUER_RULE =
  'OIDC_ISSUER must be an https:// address (http:// on this machine alone), as the provider names itself.';

const schema = z.object({
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: ISSUER_RULE, abort: true })
    .refine((text) => text.startsWith('https:') || isLoopback(new URL(text).hostname), ISSUER_RULE),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  OIDC_NAME: z.string().max(60, 'OIDC_NAME must have at most 60 characters.'),
});

/** A hospital's sign-on: an OpenID Connect provider. */
export interface SingleSignOn {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the people who use it call it. */
  readonly name: string;
  /** The claim by which the provider vouches for the e-mail address. */
  readonly verifiedClaim: string;
}

/**
 * The sign-on that an environment names; null where it names none. Empty variables count as absent.
 * @throws DomainError BAD_INPUT where some variables are missing or one is wrong, in a sentence without values.
 */
export function readSingleSignOn(source: Readonly<Record<string, string | undefined>>): SingleSignOn | null {
  const missing = VARIABLES.filter((name) => !source[name]);
  if (missing.length === VARIABLES.length) return null;
  if (missing.length > 0) {
    throw new DomainError(
      'BAD_INPUT',
      `Single sign-on needs ${VARIABLES.join(', ')}: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    );
  }
  const { data, error } = schema.safeParse(source);
  if (error) throw new DomainError('BAD_INPUT', error.issues[0]?.message ?? ISSUER_RULE);
  return {
    issuer: data.OIDC_ISSUER,
    clientId: data.OIDC_CLIENT_ID,
    clientSecret: data.OIDC_CLIENT_SECRET,
    name: data.OIDC_NAME,
    verifiedClaim: source.OIDC_VERIFIED_CLAIM || 'email_verified',
  };
}
