'use client';

import { Button, Callout, Dialog, Field, Input, Textarea } from '@blastwise/ui';
import type { FormEvent, ReactNode } from 'react';
import { fieldErrorsOf, sentenceOf } from '../shared/index.ts';

/** A dialog around a form that changes a user: fields, what went wrong, and the two buttons. */
export function AdminForm(props: {
  title: string;
  description?: string;
  error: unknown;
  busy: boolean;
  action: string;
  danger?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: (errors: Readonly<Record<string, string>>) => ReactNode;
}) {
  const errors = fieldErrorsOf(props.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : props.onClose())}
      title={props.title}
      description={props.description}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {props.children(errors)}
        {props.error && Object.keys(errors).length === 0 ? (
          <Callout tone="bad">{sentenceOf(props.error)}</Callout>
        ) : null}
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

export function ReasonField(props: {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  return (
    <Field label="Reason" hint="Kept in the audit trail." error={props.error}>
      {(control) => (
        <Textarea
          {...control}
          required
          minLength={3}
          maxLength={500}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function PasswordField(props: {
  label: string;
  hint?: string;
  fresh?: boolean;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(control) => (
        <Input
          {...control}
          type="password"
          required
          autoComplete={props.fresh ? 'new-password' : 'current-password'}
          minLength={props.fresh ? 12 : 1}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
