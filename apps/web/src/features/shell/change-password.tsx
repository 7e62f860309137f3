'use client';

import { Button, Dialog, useToast } from '@blastwise/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { FormError, fieldErrorsOf, PasswordField } from '../shared/index.ts';

/** The present password and the next one; `leave` is what stands beside the button. */
export function ChangePasswordForm({ onDone, leave }: { onDone: () => void; leave: ReactNode }) {
  const trpc = useTRPC();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation(trpc.me.changePassword.mutationOptions({ onSuccess: onDone }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, next });
  };
  const errors = fieldErrorsOf(change.error);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField label="Current password" value={current} onChange={setCurrent} error={errors.current} />
      <PasswordField
        label="New password"
        hint="At least 12 characters."
        fresh
        value={next}
        onChange={setNext}
        error={errors.next}
      />
      <FormError error={change.error} fields={['current', 'next']} />
      <div className="flex justify-end gap-2">
        {leave}
        <Button type="submit" variant="primary" disabled={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}

export function ChangePassword(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const toast = useToast();
  const close = () => props.onOpenChange(false);
  const done = () => {
    close();
    toast({ title: 'Your password is changed', tone: 'good' });
  };
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title="Change password">
      <ChangePasswordForm onDone={done} leave={<Button onClick={close}>Cancel</Button>} />
    </Dialog>
  );
}
