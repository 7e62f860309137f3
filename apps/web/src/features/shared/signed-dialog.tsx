'use client';

import { Button, Dialog } from '@blastwise/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ConfirmField } from './confirm-field.tsx';
import { fieldErrorsOf } from './errors.ts';
import { FormError, ReasonField } from './form-fields.tsx';
import { useProfile } from './profile.tsx';

export interface Signature {
  readonly reason: string;
  /** Empty where none is asked for, or single sign-on stands for it. */
  readonly password: string;
}

/** A dialog around a change that somebody answers for: its own fields, the reason, and who it is where it signs. */
export function SignedDialog(props: {
  title: string;
  description?: string;
  action: string;
  danger?: boolean;
  /** What the reason starts with. */
  reason?: string;
  /** Asks its user to prove again who it is. */
  signs: boolean;
  error: unknown;
  busy: boolean;
  onSubmit: (signature: Signature) => void;
  onClose: () => void;
  /** Those of the children, by the names of their errors. */
  fields?: readonly string[];
  children?: (errors: Readonly<Record<string, string>>) => ReactNode;
}) {
  const [reason, setReason] = useState(props.reason ?? '');
  const [password, setPassword] = useState('');
  const errors = fieldErrorsOf(props.error);
  // Signing on again leads away from here: before anything is typed.
  const confirmsFirst = useProfile().signedInBy === 'single-sign-on';
  const confirmation = props.signs ? (
    <ConfirmField value={password} onChange={setPassword} error={errors.password} />
  ) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit({ reason, password });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : props.onClose())}
      title={props.title}
      description={props.description}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {confirmsFirst ? confirmation : null}
        {props.children?.(errors)}
        <ReasonField value={reason} onChange={setReason} error={errors.reason} />
        {confirmsFirst ? null : confirmation}
        <FormError error={props.error} fields={['reason', 'password', ...(props.fields ?? [])]} />
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" variant={props.danger ? 'danger' : 'primary'} disabled={props.busy}>
            {props.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
