/** Whom the request came from: the last hop that our own server or its proxy has written down. */
export function callerAddress(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
}
