import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { STAGE_COLOR, STAGE_MEANING, type StageName } from './stages.ts';

const SHAPE: Readonly<Record<StageName, ReactNode>> = {
  Benign: <circle cx="6" cy="6" r="4.4" />,
  Early: <path d="M6 1.4 11 10.4H1Z" />,
  Pre: <rect x="1.7" y="1.7" width="8.6" height="8.6" rx="0.6" />,
  Pro: <path d="M6 .7 11.3 6 6 11.3.7 6Z" />,
};

/** The stage's own shape: circle, triangle, square, diamond. Decorative: put the name beside it. */
export function StageGlyph({ stage, className }: { stage: StageName; className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={cn('size-2.5 shrink-0', className)}
      fill={STAGE_COLOR[stage]}
      stroke="color-mix(in oklab, currentColor 55%, transparent)"
      strokeWidth="0.9"
    >
      {SHAPE[stage]}
    </svg>
  );
}

/** A stage by shape, colour and name; `meaning` adds the immunological name. Null reads "Not assessable". */
export function StageBadge(props: {
  stage: StageName | null;
  meaning?: boolean;
  className?: string | undefined;
}) {
  if (props.stage === null) {
    return (
      <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2', props.className)}>
        <svg
          viewBox="0 0 12 12"
          aria-hidden="true"
          className="size-2.5 shrink-0"
          fill="none"
          stroke="currentColor"
        >
          <circle cx="6" cy="6" r="4.6" strokeWidth="1.4" strokeDasharray="2 1.6" />
        </svg>
        Not assessable
      </span>
    );
  }
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap font-medium', props.className)}>
      <StageGlyph stage={props.stage} />
      {props.stage}
      {props.meaning ? <span className="font-normal text-ink-3">{STAGE_MEANING[props.stage]}</span> : null}
    </span>
  );
}
