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
  /** Such a request must not keep an abandoned session alive. */
  unattended?: boolean;
}

/** The session of this request, if it stands; an attended request counts as activity. */
export async function sessionOf(
  open: Services,
  { jar, unattended = false }: Asked,
): Promise<ActiveSession | null> {
  const sessionId = await sessionIdFrom(jar, open);
  if (sessionId === null) return null;
  return unattended ? peekSession(open.db, sessionId) : useSession(open.db, sessionId);
}

/**
 * For route handlers and procedures. What a page fetches by GET, pictures and the stream of changes, it fetches by
 * itself, also while nobody sits at it (R14).
 */
export async function contextFromRequest(request: Request, open: Services = services()): Promise<Context> {
  const unattended = request.method === 'GET' || request.headers.has(UNATTENDED_HEADER);
  return {
    services: open,
    session: await sessionOf(open, { jar: cookieJar(request), unattended }),
    sameOrigin: isSameOrigin(request.headers, open.portalUrl),
  };
}

/** For server components: they read only, on behalf of the page's own request. */
export async function contextFromPage(): Promise<Context> {
  const open = services();
  return { services: open, session: await sessionOf(open, { jar: await cookies() }), sameOrigin: false };
}
