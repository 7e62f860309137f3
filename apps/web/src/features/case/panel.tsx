import { cn } from '@blastwise/ui';
import type { ReactNode } from 'react';

/** A titled part of a side panel, parted from the next by a thin rule. */
export function PanelSection(props: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cn('border-b border-rule px-4 py-3 last:border-b-0', props.className)}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 className="eyebrow">{props.title}</h2>
        {props.aside ? <span className="tabular text-2xs text-ink-3">{props.aside}</span> : null}
      </div>
      {props.children}
    </section>
  );
}
