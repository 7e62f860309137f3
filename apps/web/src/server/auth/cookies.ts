/** Anything that can be asked for a cookie: next/headers, NextRequest, a test's Map. */
export interface CookieJar {
  get(name: string): { value: string } | undefined;
}

const isSecure = (portalUrl: string): boolean => portalUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host and to https. */
export const sessionCookieName = (portalUrl: string): string =>
  isSecure(portalUrl) ? '__Host-blastwise.session' : 'blastwise.session';

export const sessionCookieOptions = (portalUrl: string) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  path: '/',
  secure: isSecure(portalUrl),
});

/** Reads one cookie out of a request's header, as it is: a token has nothing to unescape. */
export function cookieJar(request: Request): CookieJar {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return {
    get(name) {
      const pair = pairs.find((candidate) => candidate.startsWith(`${name}=`));
      return pair === undefined ? undefined : { value: pair.slice(name.length + 1) };
    },
  };
}
