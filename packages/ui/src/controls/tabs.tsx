'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export interface Tab<T extends string> {
  value: T;
  label: ReactNode;
  /** Shown behind the label; its width is kept, so that a live count moves nothing, nor one that is not known yet (null). */
  count?: number | null;
}

/** Tabs as a thin ruled row. Without `children` they only filter what stands below. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  className?: string;
  children?: ReactNode;
}) {
  return (
    <Radix.Root
      value={props.value}
      onValueChange={(value) => {
        const tab = props.tabs.find((t) => t.value === value);
        if (tab) props.onChange(tab.value);
      }}
      className={props.className}
    >
      <Radix.List aria-label={props.label} className="flex gap-5">
        {props.tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className={cn(
              'relative -mx-1.5 flex h-9 items-center gap-1.5 px-1.5 text-sm text-ink-3 hover:text-ink focus-visible:-outline-offset-2',
              'data-[state=active]:font-medium data-[state=active]:text-ink',
              'data-[state=active]:shadow-[inset_0_-2px_0_var(--accent)]',
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="tabular min-w-4 text-left text-xs font-normal text-ink-3">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.children}
    </Radix.Root>
  );
}

export const TabPanel = Radix.Content;
