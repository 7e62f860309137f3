import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

const TONES = {
  neutral: 'bg-sunken text-ink-2',
  accent: 'bg-accent-soft text-accent-strong',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
} as const;
export type Tone = keyof typeof TONES;

/** A short state in words. */
export function Badge(props: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        TONES[props.tone ?? 'neutral'],
        props.className,
      )}
    >
      {props.children}
    </span>
  );
}

/** A sentence that stands out where it stands: a refusal, a warning, a result. */
export function Callout(props: { tone?: Tone; title?: string; children: ReactNode; className?: string }) {
  const tone = props.tone ?? 'neutral';
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn('rounded-md px-3 py-2 text-sm', TONES[tone], props.className)}
    >
      {props.title ? <p className="font-medium">{props.title}</p> : null}
      <div className={props.title ? 'text-ink-2' : undefined}>{props.children}</div>
    </div>
  );
}
