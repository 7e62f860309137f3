'use client';

import { Callout, Field, Input, Textarea } from '@blastwise/ui';
import { formSentenceOf } from './errors.ts';

export interface TextFieldProps {
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
export function PasswordField(
  props: TextFieldProps & { label: string; hint?: string; fresh?: boolean; optional?: boolean },
) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(control) => (
        <Input
          {...control}
          type="password"
          required={!props.optional}
          autoComplete={props.fresh ? 'new-password' : 'current-password'}
          minLength={props.fresh ? 12 : 1}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What went wrong, where none of the form's own fields says it. */
export function FormError({ error, fields = [] }: { error: unknown; fields?: readonly string[] }) {
  const sentence = formSentenceOf(error, fields);
  return sentence === null ? null : <Callout tone="bad">{sentence}</Callout>;
}
