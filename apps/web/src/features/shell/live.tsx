'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { leaveIfSignedOut } from './end-session.ts';
import { followLostAnswers } from './lost-answers.ts';

const LiveContext = createContext(false);

/** Whether changes made elsewhere arrive by themselves right now. */
export const useIsLive = (): boolean => useContext(LiveContext);

/** Listens to the server and asks again for what has changed; nothing has to be reloaded. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const opened = useRef(false);
  useEffect(() => followLostAnswers(queryClient), [queryClient]);
  const subscription = useSubscription(
    trpc.live.events.subscriptionOptions(undefined, {
      // The server ends the stream of a session that was idle too long or revoked.
      onError: (error) => leaveIfSignedOut(error, window.location.pathname),
      onData: (message) => {
        const refresh = (filter: { queryKey: readonly unknown[] }) => queryClient.invalidateQueries(filter);
        switch (message.kind) {
          case 'image':
            refresh(trpc.cases.worklist.pathFilter());
            refresh(trpc.cases.counts.pathFilter());
            refresh(trpc.cases.toDecide.queryFilter());
            refresh(trpc.users.withoutSenior.queryFilter());
            refresh(trpc.reviews.agreement.queryFilter());
            refresh(trpc.costs.learned.queryFilter());
            refresh(trpc.monitoring.get.queryFilter());
            refresh(trpc.progress.pathFilter());
            refresh(trpc.trainings.ground.queryFilter());
            refresh(trpc.cases.detail.queryFilter({ caseId: message.caseId }));
            break;
          case 'costs':
            refresh(trpc.costs.pathFilter());
            refresh(trpc.cases.pathFilter());
            break;
          case 'models':
            refresh(trpc.models.pathFilter());
            refresh(trpc.trainings.ground.queryFilter());
            refresh(trpc.status.pathFilter());
            refresh(trpc.settings.pathFilter());
            refresh(trpc.monitoring.get.queryFilter());
            // The AI may have been switched: what is shown of the cases goes with it.
            refresh(trpc.cases.pathFilter());
            break;
          case 'drift':
            refresh(trpc.monitoring.pathFilter());
            break;
          case 'trainings':
            refresh(trpc.trainings.list.queryFilter());
            break;
          case 'connected':
            // The first connection comes with fresh data; a later one may have missed something.
            if (opened.current) queryClient.invalidateQueries();
            opened.current = true;
        }
      },
    }),
  );
  return <LiveContext value={subscription.status === 'pending'}>{children}</LiveContext>;
}
