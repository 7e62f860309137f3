'use client';

import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '../server/router.ts';
import { presenceHeaders } from './presence.ts';
import { makeQueryClient } from './query-client.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const ENDPOINT = '/api/trpc';

const createClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: ENDPOINT }),
        // Queries go by POST too: an input may hold patient data and must not stand in a URL.
        false: httpBatchLink({
          url: ENDPOINT,
          methodOverride: 'POST',
          maxItems: 20,
          headers: presenceHeaders,
        }),
      }),
    ],
  });

let browserQueryClient: QueryClient | undefined;

function queryClientForHere(): QueryClient {
  if (typeof window === 'undefined') return makeQueryClient();
  browserQueryClient ??= makeQueryClient();
  return browserQueryClient;
}

/** Stands in the root layout, around everything that asks the server. */
export function TrpcClientProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientForHere();
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
