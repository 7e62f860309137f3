import { useSession } from '@blastwise/db';
import { cookies } from 'next/headers';
import { type CookieJar, cookieJar } from '../auth/cookies.ts';
import type { ActiveSession } from '../auth/session.ts';
import { sessionIdFrom } from '../auth/token.ts';
import { type Services, services } from '../services.ts';
import type { Context } from '../trpc/context.ts';
import { isSameOrigin } from './origin.ts';

/** The session of this request, if it stands; asking counts as activity. */
export async function sessionOf(open: Services, jar: CookieJar): Promise<ActiveSession | null> {
  const sessionId = await sessionIdFrom(jar, open);
  return sessionId === null ? null : useSession(open.db, sessionId);
}

/** For route handlers. */
export async function contextFromRequest(request: Request, open: Services = services()): Promise<Context> {
  return {
    services: open,
    session: await sessionOf(open, cookieJar(request)),
    sameOrigin: isSameOrigin(request.headers, open.portalUrl),
  };
}

/** For server components: they read only, on behalf of the page's own request. */
export async function contextFromPage(): Promise<Context> {
  const open = services();
  return { services: open, session: await sessionOf(open, await cookies()), sameOrigin: false };
}
