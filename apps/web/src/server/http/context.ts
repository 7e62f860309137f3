import { peekSession, useSession } from '@blastwise/db';
import { cookies } from 'next/headers';
import { type CookieJar, cookieJar } from '../auth/cookies.ts';
import type { ActiveSession } from '../auth/session.ts';
import { sessionIdFrom } from '../auth/token.ts';
import { type Services, services } from '../services.ts';
import type { Context } from '../trpc/context.ts';
import { isSameOrigin } from './origin.ts';

/** Sent by a page that refreshes itself while nobody is at the keyboard. */
export const UNATTENDED_HEADER = 'x-blastwise-unattended';

interface Asked {
  jar: CookieJar;
  /** Made by whoever sits at the page: nothing else keeps a session alive. */
  attended?: boolean;
}

/** The session of this request, if it stands; an attended request counts as activity. */
export async function sessionOf(
  open: Services,
  { jar, attended = false }: Asked,
): Promise<ActiveSession | null> {
  const sessionId = await sessionIdFrom(jar, open);
  if (sessionId === null) return null;
  return attended ? useSession(open.db, sessionId) : peekSession(open.db, sessionId);
}

/**
 * For route handlers and procedures. What a page fetches by GET, pictures and the stream of changes, it fetches by
 * itself, also while nobody sits at it (R14).
 */
export async function contextFromRequest(request: Request, open: Services = services()): Promise<Context> {
  const attended = request.method !== 'GET' && !request.headers.has(UNATTENDED_HEADER);
  return {
    services: open,
    session: await sessionOf(open, { jar: cookieJar(request), attended }),
    sameOrigin: isSameOrigin(request.headers, open.portalUrl),
  };
}

/**
 * For server components: they read only, on behalf of the page's own request. A browser may have it made beforehand, for a
 * page that nobody asks for; one that is opened calls a procedure at once, and that call counts.
 */
export async function contextFromPage(): Promise<Context> {
  const open = services();
  return { services: open, session: await sessionOf(open, { jar: await cookies() }), sameOrigin: false };
}
