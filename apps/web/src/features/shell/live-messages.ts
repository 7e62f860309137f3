import type { QueryClient, QueryFilters } from '@tanstack/react-query';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { LiveMessage } from '../../server/live/schemas.ts';
import type { AppRouter } from '../../server/router.ts';

/**
 * Asks again for what a message may have changed. An answer on its way may have been read before the change: one that
 * replaces older data is cancelled, and a query without data yet is asked once more when its first answer is there.
 */
export async function followMessage(
  message: LiveMessage,
  trpc: TRPCOptionsProxy<AppRouter>,
  queryClient: QueryClient,
): Promise<void> {
  const filters = changedBy(message, trpc);
  await Promise.all(filters.map((filter) => askAgain(queryClient, filter)));
}

async function askAgain(queryClient: QueryClient, filter: QueryFilters): Promise<void> {
  const first = queryClient
    .getQueryCache()
    .findAll({ ...filter, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  const asked = queryClient.invalidateQueries(filter);
  await Promise.all(
    first.map(async (query) => {
      await query.promise?.catch(() => undefined);
      await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }),
  );
  await asked;
}

function changedBy(message: LiveMessage, trpc: TRPCOptionsProxy<AppRouter>): QueryFilters[] {
  switch (message.kind) {
    case 'image':
      return [
        trpc.cases.worklist.pathFilter(),
        trpc.cases.counts.pathFilter(),
        trpc.cases.toDecide.queryFilter(),
        trpc.users.withoutSenior.queryFilter(),
        trpc.reviews.agreement.queryFilter(),
        trpc.costs.learned.queryFilter(),
        trpc.monitoring.get.queryFilter(),
        trpc.progress.pathFilter(),
        trpc.trainings.ground.queryFilter(),
        trpc.cases.detail.queryFilter({ caseId: message.caseId }),
      ];
    case 'costs':
      return [trpc.costs.pathFilter(), trpc.cases.pathFilter()];
    case 'models':
      return [
        trpc.models.pathFilter(),
        trpc.trainings.ground.queryFilter(),
        trpc.status.pathFilter(),
        trpc.settings.pathFilter(),
        trpc.monitoring.get.queryFilter(),
        // The AI may have been switched: what is shown of the cases goes with it.
        trpc.cases.pathFilter(),
      ];
    case 'drift':
      return [trpc.monitoring.pathFilter()];
    case 'trainings':
      return [trpc.trainings.list.queryFilter()];
    case 'connected':
      // Whatever changed before the stream stood, the first time too: a page is read while its stream is still opening.
      return [{}];
  }
}
