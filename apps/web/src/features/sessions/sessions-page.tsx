'use client';

import { Button, EmptyState, PageHeader, RowTh, Skeleton, Table, Td, Th, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useRef } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { dateTime, LoadError, Moment, sentenceOf, useProfile } from '../shared/index.ts';

/** Where one is signed in, and how to end it there. */
export function SessionsPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { singleSignOn, idleMinutes } = useProfile();
  const list = useQuery(trpc.me.sessions.queryOptions(undefined, { staleTime: 0 }));
  const heading = useRef<HTMLHeadingElement>(null);
  const ended = {
    onSuccess: async () => {
      // The button that was pressed goes with its row.
      heading.current?.focus();
      toast({ title: 'Signed out there', tone: 'good' });
      await queryClient.invalidateQueries(trpc.me.sessions.queryFilter());
    },
    onError: (error: unknown) => toast({ title: 'Not ended', text: sentenceOf(error), tone: 'bad' }),
  } as const;
  const end = useMutation(trpc.me.endSession.mutationOptions(ended));
  const endOthers = useMutation(trpc.me.endOtherSessions.mutationOptions(ended));
  const busy = end.isPending || endOthers.isPending;
  const alone = list.data?.every(({ current }) => current) ?? true;
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Sessions" headingRef={heading}>
        <span className="flex-1" />
        {alone ? null : (
          <Button variant="danger" disabled={busy} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {list.isError ? (
          <LoadError error={list.error} onRetry={() => list.refetch()} />
        ) : (
          <Table aria-label="Sessions" aria-busy={list.isPending}>
            <thead className="sticky top-0 bg-bg">
              <tr>
                <Th className="pl-5">Signed in</Th>
                <Th>With</Th>
                <Th>Last used</Th>
                <Th>Ends at the latest</Th>
                <Th className="pr-5">
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {(list.data ?? []).map((session) => (
                <tr key={session.id} className="hover:bg-hover">
                  <RowTh className="h-11 pl-5">
                    <Moment at={session.signedInAt} />
                  </RowTh>
                  <Td>
                    {session.signedInBy === 'password' ? 'Password' : (singleSignOn ?? 'Single sign-on')}
                  </Td>
                  <Td className="text-ink-2">
                    {session.current ? 'Now, here' : <Moment at={session.lastSeenAt} />}
                  </Td>
                  <Td className="text-ink-2">
                    <Moment at={session.expiresAt} />
                  </Td>
                  <Td className="py-0 pr-5 text-right">
                    {session.current ? null : (
                      <Button
                        variant="quiet"
                        size="sm"
                        aria-label={`End the session begun ${dateTime(session.signedInAt)}`}
                        disabled={busy}
                        onClick={() => end.mutate({ id: session.id })}
                      >
                        End
                      </Button>
                    )}
                  </Td>
                </tr>
              ))}
              {list.isPending ? (
                <tr>
                  <Td className="h-11 pl-5" colSpan={5}>
                    <Skeleton className="h-4 w-2/3" />
                  </Td>
                </tr>
              ) : null}
            </tbody>
          </Table>
        )}
        {list.isSuccess && alone ? (
          <EmptyState icon={<MonitorSmartphone />} title="You are signed in nowhere else">
            Sessions elsewhere stand here and can be ended. Each ends by itself {idleMinutes} minutes after
            its last use.
          </EmptyState>
        ) : null}
      </div>
    </div>
  );
}
