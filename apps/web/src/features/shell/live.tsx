'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { leaveIfSignedOut } from './end-session.ts';
import { followMessage } from './live-messages.ts';
import { followLostAnswers } from './lost-answers.ts';

const LiveContext = createContext(false);

/** Whether changes made elsewhere arrive by themselves right now. */
export const useIsLive = (): boolean => useContext(LiveContext);

/** Listens to the server and asks again for what has changed; nothing has to be reloaded. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEffect(() => followLostAnswers(queryClient), [queryClient]);
  const subscription = useSubscription(
    trpc.live.events.subscriptionOptions(undefined, {
      // The server ends the stream of a session that was idle too long or revoked.
      onError: (error) => leaveIfSignedOut(error, window.location.pathname),
      onData: (message) => followMessage(message, trpc, queryClient),
    }),
  );
  return <LiveContext value={subscription.status === 'pending'}>{children}</LiveContext>;
}
