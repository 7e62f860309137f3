import { SINGLE_SIGN_ON_ID, type SingleSignOn } from '@blastwise/contracts';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Services } from '../services.ts';
import { logFailure } from '../shared/log.ts';
import type { ActiveSession } from './session.ts';
import { type SignOnRefusal, signOn } from './single-sign-on.ts';

declare module 'next-auth' {
  interface User {
    /** Why a sign-on at the hospital begins no session: the sign-in page has the words. */
    refusal?: SignOnRefusal | 'Unavailable';
  }
}

/**
 * The hospital's sign-on for next-auth, which checks the ID token: signature, issuer, audience, times, state, nonce and PKCE.
 * `present`: the session in the browser that comes back.
 */
export const signOnProvider = (
  services: Services,
  provider: SingleSignOn,
  present: () => Promise<ActiveSession | null>,
): OAuthConfig<unknown> => ({
  id: SINGLE_SIGN_ON_ID,
  name: provider.name,
  type: 'oauth',
  wellKnown: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  idToken: true,
  checks: ['pkce', 'state', 'nonce'],
  authorization: { params: { scope: 'openid email' } },
  httpOptions: { timeout: 10_000 },
  // next-auth takes a throw here for a sign-on that nobody began, and says nothing.
  async profile(claims) {
    try {
      const signedOn = await signOn(services, { provider, claims, present: await present() });
      return typeof signedOn === 'string' ? { id: 'nobody', refusal: signedOn } : { id: signedOn.sessionId };
    } catch (error) {
      logFailure('single sign-on', error);
      return { id: 'nobody', refusal: 'Unavailable' };
    }
  },
});
