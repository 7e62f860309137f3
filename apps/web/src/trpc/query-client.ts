import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query';

/** One per request on the server, one per tab in the browser. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isTransient(error),
      },
      dehydrate: {
        // Queries still running on the server are streamed to the browser when they are done.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  });

/** A refusal stays a refusal; only the network and an overloaded server are worth another try. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error && 'data' in error)) return true;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return true;
  return data.httpStatus === 503;
}
