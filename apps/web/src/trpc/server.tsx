import 'server-only';

import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cookies } from 'next/headers';
import { cache, type ReactNode } from 'react';
import { sessionCookieName } from '../server/auth/cookies.ts';
import { contextFromPage } from '../server/http/context.ts';
import { appRouter } from '../server/router.ts';
import { services } from '../server/services.ts';
import { createCallerFactory } from '../server/trpc/init.ts';
import { makeQueryClient } from './query-client.ts';

/** The request's own query client. */
export const getQueryClient: () => QueryClient = cache(makeQueryClient);

const pageContext = cache(contextFromPage);

/** Query options for server components: `await getQueryClient().prefetchQuery(trpc.costs.active.queryOptions())`. */
export const trpc = createTRPCOptionsProxy({
  ctx: pageContext,
  router: appRouter,
  queryClient: getQueryClient,
});

/** Whether the page's request carries a session cookie, good or not: without one there is nobody to ask about. */
export const carriesSession = async (): Promise<boolean> =>
  (await cookies()).has(sessionCookieName(services().portalUrl));

/** Direct calls from server components: `(await caller()).me.get()`. */
export const caller = async () => createCallerFactory(appRouter)(await pageContext());

/** Hands what was prefetched above it to the client components below. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
