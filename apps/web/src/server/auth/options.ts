import { DomainError } from '@blastwise/contracts';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { callerAddress } from '../http/address.ts';
import { sessionOf } from '../http/context.ts';
import type { Services } from '../services.ts';
import { logFailure } from '../shared/log.ts';
import { type CookieJar, sessionCookieName, sessionCookieOptions } from './cookies.ts';
import { recordRefusedSignIn, signIn } from './sign-in.ts';
import { signOnProvider } from './sign-on-provider.ts';
import { signOut } from './sign-out.ts';
import { sessionTokenSchema } from './token.ts';

const TWELVE_HOURS = 12 * 60 * 60;

/**
 * next-auth carries the session's id in an encrypted cookie and nothing else; whether the session stands is
 * decided by its row on every call. `jar`: of the request.
 */
export const authOptions = (services: Services, jar: CookieJar): NextAuthOptions => ({
  secret: services.secret,
  session: { strategy: 'jwt', maxAge: TWELVE_HOURS },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  cookies: {
    sessionToken: {
      name: sessionCookieName(services.portalUrl),
      options: sessionCookieOptions(services.portalUrl),
    },
  },
  providers: [
    CredentialsProvider({
      name: 'Password',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials, request) {
        try {
          const session = await signIn(services, {
            email: credentials?.email ?? '',
            password: credentials?.password ?? '',
            address: callerAddress(new Headers(request.headers)),
          });
          return session && { id: session.id };
        } catch (error) {
          // next-auth puts this message into the answer: a code, never an exception's text.
          if (error instanceof DomainError) throw new Error(error.code);
          logFailure('sign-in', error);
          throw new Error('UNAVAILABLE');
        }
      },
    }),
    ...(services.singleSignOn
      ? [signOnProvider(services, services.singleSignOn, () => sessionOf(services, { jar }))]
      : []),
  ],
  callbacks: {
    signIn: ({ user }) => ('refusal' in user ? `/sign-in?error=${user.refusal}` : true),
    jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    async signOut({ token }) {
      const parsed = sessionTokenSchema.safeParse(token);
      if (parsed.success) await signOut(services, parsed.data.sid);
    },
  },
  logger: {
    error(code, metadata) {
      const error = metadata instanceof Error ? metadata : metadata.error;
      logFailure(`next-auth ${code}`, error);
      if (code !== 'OAUTH_CALLBACK_ERROR') return;
      recordRefusedSignIn(services, null, 'single sign-on: not completed').catch((failure: unknown) =>
        logFailure('audit', failure),
      );
    },
    warn: () => undefined,
    debug: () => undefined,
  },
});
