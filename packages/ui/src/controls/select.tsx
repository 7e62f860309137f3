'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cn } from '../cn.ts';

export interface Option<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
}

/** One of a few values, in a list that opens over the page. */
export function Select<T extends string>(props: {
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  placeholder?: string;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  className?: string;
}) {
  const id = useId();
  const choose = (value: string) => {
    const option = props.options.find((o) => o.value === value);
    if (option) props.onChange(option.value);
  };
  return (
    <Radix.Root value={props.value ?? ''} onValueChange={choose}>
      <Radix.Trigger
        id={props.id}
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid']}
        className={cn(
          'flex h-8 w-full items-center justify-between gap-2 rounded-md border border-edge bg-surface px-2.5',
          'text-sm whitespace-nowrap hover:border-ink-3 data-placeholder:text-ink-3 aria-invalid:border-bad',
          props.className,
        )}
      >
        <span className="min-w-0 truncate">
          <Radix.Value placeholder={props.placeholder} />
        </span>
        <Radix.Icon className="shrink-0">
          <ChevronDown className="size-3.5 text-ink-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="animate-fade z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-rule-strong bg-surface shadow-float"
        >
          <Radix.Viewport className="p-1">
            {props.options.map((option, i) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                aria-describedby={option.hint ? `${id}-hint-${i}` : undefined}
                className="relative flex flex-col rounded-sm py-1.5 pr-3 pl-7 text-sm outline-none select-none data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="absolute top-2 left-2">
                  <Check className="size-3.5 text-accent" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint ? (
                  <span id={`${id}-hint-${i}`} className="max-w-72 text-xs text-ink-3">
                    {option.hint}
                  </span>
                ) : null}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
