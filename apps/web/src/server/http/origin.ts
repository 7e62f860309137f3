/**
 * Whether a request comes from one of our own pages. Browsers send `Origin` with everything that can change
 * something; it must name the host the request was made to, or the portal's public address.
 */
export function isSameOrigin(headers: Headers, portalUrl: string): boolean {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  const portal = new URL(portalUrl);
  if (host === portal.host && protocol === portal.protocol) return true;
  return host === headers.get('host');
}
