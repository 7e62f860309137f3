import { DomainError } from '@blastwise/contracts';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { callerAddress } from '../http/address.ts';
import type { Services } from '../services.ts';
import { logFailure } from '../shared/log.ts';
import { sessionCookieName, sessionCookieOptions } from './cookies.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { sessionTokenSchema } from './token.ts';

const TWELVE_HOURS = 12 * 60 * 60;

/**
 * next-auth carries the session's id in an encrypted cookie and nothing else; whether the session stands is
 * decided by its row on every call.
 */
export const authOptions = (services: Services): NextAuthOptions => ({
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
  ],
  callbacks: {
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
    error: (code, metadata) =>
      logFailure(`next-auth ${code}`, metadata instanceof Error ? metadata : metadata.error),
    warn: () => undefined,
    debug: () => undefined,
  },
});
