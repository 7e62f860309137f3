'use client';

import { Callout, Field, Input, Textarea } from '@blastwise/ui';
import { fieldErrorsOf, sentenceOf } from './errors.ts';

interface TextFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** Why a matrix, a model, a role or a setting is touched. */
export function ReasonField(props: TextFieldProps & { rows?: number }) {
  return (
    <Field label="Reason" hint="Kept in the audit trail." error={props.error}>
      {(control) => (
        <Textarea
          {...control}
          required
          minLength={3}
          maxLength={500}
          rows={props.rows}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** `fresh`: a password being chosen, not one being typed again. */
export function PasswordField(props: TextFieldProps & { label: string; hint?: string; fresh?: boolean }) {
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

/** What went wrong with a form as a whole, where no field of it is to blame. */
export function FormError({ error }: { error: unknown }) {
  if (!error || Object.keys(fieldErrorsOf(error)).length > 0) return null;
  return <Callout tone="bad">{sentenceOf(error)}</Callout>;
}
