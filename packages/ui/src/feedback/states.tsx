import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn.ts';

/** Says what would stand here, why it is empty and what to do next. */
export function EmptyState(props: {
  /** 1 where the sentence is all that the page holds. */
  level?: 1 | 2;
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const Heading = props.level === 1 ? 'h1' : 'h2';
  return (
    <div
      className={cn(
        'flex flex-col items-center justify-center gap-1 px-6 py-14 text-center',
        props.className,
      )}
    >
      {props.icon ? (
        <div className="mb-2 text-ink-3 [&_svg]:size-6 [&_svg]:stroke-[1.5]">{props.icon}</div>
      ) : null}
      <Heading className="text-base font-medium">{props.title}</Heading>
      {props.children ? <div className="max-w-[26rem] text-sm text-ink-3">{props.children}</div> : null}
      {props.action ? <div className="mt-4">{props.action}</div> : null}
    </div>
  );
}

/** A place-holder of the final size. */
export function Skeleton({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      aria-hidden="true"
      data-skeleton=""
      className={cn('animate-breathe rounded-sm bg-hover', className)}
      {...rest}
    />
  );
}

/** Progress from 0 to 1; without a value it only says that something goes on. */
export function Progress(props: { label: string; value?: number | undefined; className?: string }) {
  const percent = props.value === undefined ? undefined : Math.round(props.value * 100);
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
      className={cn('h-1 overflow-hidden rounded-full bg-hover', props.className)}
    >
      <div
        className={cn(
          'h-full rounded-full bg-accent transition-[width]',
          percent === undefined && 'animate-breathe',
        )}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}
