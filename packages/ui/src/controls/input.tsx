import type { ComponentProps } from 'react';
import { cn } from '../cn.ts';

const SHARED =
  'w-full rounded-md border border-edge bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3 ' +
  'hover:border-ink-3 focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 ' +
  'focus-visible:outline-accent/60 aria-invalid:border-bad disabled:opacity-60';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(SHARED, 'h-8', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(SHARED, 'min-h-16 resize-y py-1.5', className)} {...rest} />;
}
