'use client';

import { Button, Callout, Dialog, Field, StatusLight, Textarea, useToast } from '@blastwise/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { fieldErrorsOf, sentenceOf } from '../shared/index.ts';

/** Switches everything of the AI off or on for the whole portal, with a reason. */
export function AiSwitch() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const settings = useQuery(trpc.settings.get.queryOptions());
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const enabled = settings.data?.aiEnabled;
  const change = useMutation(
    trpc.settings.setAi.mutationOptions({
      onSuccess: ({ aiEnabled }) => {
        queryClient.invalidateQueries();
        setAsking(false);
        setReason('');
        toast({ title: aiEnabled ? 'AI is switched on' : 'AI is switched off' });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ enabled: !enabled, reason });
  };
  if (enabled === undefined) return null;
  const errors = fieldErrorsOf(change.error);
  return (
    <>
      <span className="text-xs text-ink-2">
        <StatusLight tone={enabled ? 'good' : 'warn'}>AI is {enabled ? 'on' : 'off'}</StatusLight>
      </span>
      <Button variant={enabled ? 'danger' : 'primary'} onClick={() => setAsking(true)}>
        {enabled ? 'Switch AI off…' : 'Switch AI on…'}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={enabled ? 'Switch AI off' : 'Switch AI on'}
        description={
          enabled
            ? 'Masks, probabilities and decisions are hidden from everybody at once. Reading goes on; fields wait.'
            : 'Waiting fields are analysed and results are shown again.'
        }
      >
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Reason" hint="Kept in the audit trail." error={errors.reason}>
            {(control) => (
              <Textarea
                {...control}
                required
                minLength={3}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          {change.error && Object.keys(errors).length === 0 ? (
            <Callout tone="bad">{sentenceOf(change.error)}</Callout>
          ) : null}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button type="submit" variant={enabled ? 'danger' : 'primary'} disabled={change.isPending}>
              {enabled ? 'Switch off' : 'Switch on'}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
