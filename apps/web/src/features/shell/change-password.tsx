'use client';

import { Button, Callout, Dialog, Field, Input, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { fieldErrorsOf, sentenceOf } from '../shared/index.ts';

export function ChangePassword(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const close = (open: boolean) => {
    setCurrent('');
    setNext('');
    change.reset();
    props.onOpenChange(open);
  };
  const change = useMutation(
    trpc.me.changePassword.mutationOptions({
      onSuccess: () => {
        close(false);
        toast({ title: 'Your password is changed', tone: 'good' });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, next });
  };
  const errors = fieldErrorsOf(change.error);
  return (
    <Dialog open={props.open} onOpenChange={close} title="Change password">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Current password" error={errors.current}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              required
              value={current}
              onChange={(e) => setCurrent(e.target.value)}
            />
          )}
        </Field>
        <Field label="New password" hint="At least 12 characters." error={errors.next}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              required
              minLength={12}
              value={next}
              onChange={(e) => setNext(e.target.value)}
            />
          )}
        </Field>
        {change.error && Object.keys(errors).length === 0 ? (
          <Callout tone="bad">{sentenceOf(change.error)}</Callout>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => close(false)}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
