/**
 * Whether a request comes from one of our own pages. Browsers send `Origin` with everything that can change
 * something; it must name the portal's public address. Without encryption the host that the request was made to does
 * too, as one machine has several names; behind an https address it would let in pages that were changed on their way.
 */
export function isSameOrigin(headers: Headers, portalUrl: string): boolean {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  const portal = new URL(portalUrl);
  if (host === portal.host && protocol === portal.protocol) return true;
  return portal.protocol === 'http:' && host === headers.get('host');
}
