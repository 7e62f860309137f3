'use client';

import { Button, StatusLight, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { SignedDialog } from '../shared/index.ts';

/** Switches everything of the AI off or on for the whole portal, with a reason. */
export function AiSwitch() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const settings = useQuery(trpc.settings.get.queryOptions());
  const [asking, setAsking] = useState(false);
  const enabled = settings.data?.aiEnabled;
  const change = useMutation(
    trpc.settings.setAi.mutationOptions({
      onSuccess: ({ aiEnabled }) => {
        queryClient.invalidateQueries();
        setAsking(false);
        toast({ title: aiEnabled ? 'AI is switched on' : 'AI is switched off' });
      },
    }),
  );
  if (enabled === undefined) return null;
  return (
    <>
      <span className="text-xs text-ink-2">
        <StatusLight tone={enabled ? 'good' : 'warn'}>AI is {enabled ? 'on' : 'off'}</StatusLight>
      </span>
      <Button variant={enabled ? 'danger' : 'primary'} onClick={() => setAsking(true)}>
        {enabled ? 'Switch AI off…' : 'Switch AI on…'}
      </Button>
      {asking ? (
        <SignedDialog
          title={enabled ? 'Switch AI off' : 'Switch AI on'}
          description={
            enabled
              ? 'Masks, probabilities and decisions are hidden from everybody at once. Reading goes on; fields wait.'
              : 'Waiting fields are analysed and results are shown again.'
          }
          action={enabled ? 'Switch off' : 'Switch on'}
          danger={enabled}
          signs={false}
          error={change.error}
          busy={change.isPending}
          onSubmit={({ reason }) => change.mutate({ enabled: !enabled, reason })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
