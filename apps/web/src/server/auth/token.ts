import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { type CookieJar, sessionCookieName } from './cookies.ts';

/** All that the cookie carries: the id of a row that is checked on every call. */
export const sessionTokenSchema = z.object({ sid: z.uuid() });

/** The session id in the cookie; null without a cookie or with one we did not make. */
export async function sessionIdFrom(
  cookies: CookieJar,
  { secret, portalUrl }: { secret: string; portalUrl: string },
): Promise<string | null> {
  const cookie = cookies.get(sessionCookieName(portalUrl));
  if (!cookie) return null;
  try {
    const token = sessionTokenSchema.safeParse(await decode({ token: cookie.value, secret }));
    return token.success ? token.data.sid : null;
  } catch {
    return null;
  }
}

/** The cookie's value for a session; next-auth makes the same one at sign-in. */
export const sessionToken = (sessionId: string, secret: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret });
