/**
 * Whom the request came from: the hop that the proxy in front has appended, or the peer that Next has written down.
 * Without a proxy a caller may invent it, so limits by address only add to the limits by account.
 */
export function callerAddress(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
}
