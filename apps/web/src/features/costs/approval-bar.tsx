'use client';

import { Button, Callout, Dialog, Field, Input, Textarea, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { fieldErrorsOf, sentenceOf } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import type { CostVersion } from './types.ts';

/** Says who may decide on a proposal, and lets them. */
export function ApprovalBar({ version }: { version: CostVersion }) {
  const profile = useProfile();
  const [asking, setAsking] = useState<'activate' | 'reject' | null>(null);
  const own = version.proposedBy?.id === profile.id;
  return (
    <div className="mb-6 flex items-center gap-3 rounded-md bg-warn-soft px-4 py-2.5">
      <p className="flex-1 text-sm text-ink-2">
        {own
          ? 'You proposed this version. Another admin must activate it; you may withdraw it by rejecting it.'
          : `${version.proposedBy?.name ?? 'Another admin'} proposed this version. You may activate or reject it.`}
      </p>
      <Button variant="danger" onClick={() => setAsking('reject')}>
        Reject…
      </Button>
      {own ? null : (
        <Button variant="primary" onClick={() => setAsking('activate')}>
          Activate…
        </Button>
      )}
      {asking ? <ApprovalDialog kind={asking} version={version} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

function ApprovalDialog(props: { kind: 'activate' | 'reject'; version: CostVersion; onClose: () => void }) {
  const { kind, version, onClose } = props;
  const trpc = useTRPC();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const activate = useMutation(
    trpc.costs.activate.mutationOptions({
      onSuccess: ({ redecided }) => {
        onClose();
        toast({
          title: `Version ${version.version} is in force`,
          text: `${redecided} unread ${redecided === 1 ? 'field was' : 'fields were'} decided again.`,
          tone: 'good',
        });
      },
    }),
  );
  const reject = useMutation(
    trpc.costs.reject.mutationOptions({
      onSuccess: () => {
        onClose();
        toast({ title: `Version ${version.version} is rejected` });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === 'activate') activate.mutate({ id: version.id, reason, password });
    else reject.mutate({ id: version.id, reason });
  };
  const { error } = kind === 'activate' ? activate : reject;
  const errors = fieldErrorsOf(error);
  const busy = activate.isPending || reject.isPending;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={
        kind === 'activate' ? `Activate version ${version.version}` : `Reject version ${version.version}`
      }
      description={
        kind === 'activate'
          ? 'From now on it decides every unread field. Your name, the time and the reason are recorded.'
          : 'It stays in the history with your name, the time and the reason.'
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Reason" error={errors.reason}>
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
        {kind === 'activate' ? (
          <Field label="Your password" hint="Typed again to sign." error={errors.password}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {error && Object.keys(errors).length === 0 ? <Callout tone="bad">{sentenceOf(error)}</Callout> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={kind === 'activate' ? 'primary' : 'danger'} disabled={busy}>
            {kind === 'activate' ? 'Activate' : 'Reject'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
