'use client';

import { type ReactNode, useId } from 'react';
import { cn } from '../cn.ts';

/** What a control inside a field must carry, so that label, hint and error are read with it. */
export interface FieldControl {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** A labelled control with a hint and an error; the error takes the hint's place, so nothing jumps. */
export function Field(props: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = props.error ?? props.hint;
  return (
    <div className={cn('flex flex-col gap-1', props.className)}>
      <label htmlFor={id} className="flex items-baseline gap-1.5 text-xs font-medium text-ink-2">
        {props.label}
        {props.optional ? <span className="font-normal text-ink-3">optional</span> : null}
      </label>
      {props.children({
        id,
        ...(note ? { 'aria-describedby': noteId } : {}),
        ...(props.error ? { 'aria-invalid': true as const } : {}),
      })}
      {note ? (
        <p
          id={noteId}
          className={cn('text-xs', props.error ? 'text-bad' : 'text-ink-3')}
          role={props.error ? 'alert' : undefined}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
