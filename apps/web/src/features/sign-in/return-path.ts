/** Where to go after signing in: a path of this portal, never another site. */
export function returnPath(value: string | string[] | undefined): string {
  if (typeof value !== 'string') return '/cases';
  // "//host" and "/\host" are other sites to a browser.
  return /^\/(?![/\\])[\w\-/]*$/.test(value) && !value.startsWith('/sign-in') ? value : '/cases';
}
