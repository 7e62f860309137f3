import type { Context } from '../trpc/context.ts';

/** For server components: the session of the page's own request. */
export async function contextFromPage(): Promise<Context> {
  return { services: { now: () => new Date() }, session: null, sameOrigin: true };
}

/** For route handlers. */
export async function contextFromRequest(_request: Request): Promise<Context> {
  return { services: { now: () => new Date() }, session: null, sameOrigin: false };
}
