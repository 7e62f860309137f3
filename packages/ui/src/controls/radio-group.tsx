'use client';

import { RadioGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { useIsHeard } from '../keyboard/character-keys.ts';

export interface Choice<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  /** A key that chooses it from anywhere on the page; shown, and handled by the page. */
  shortcut?: string;
}

interface RadioProps<T extends string> {
  label: string;
  value: T | undefined;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
  disabled?: boolean;
  className?: string;
}

const choose =
  <T extends string>(props: RadioProps<T>) =>
  (value: string): void => {
    const choice = props.choices.find((c) => c.value === value);
    if (choice) props.onChange(choice.value);
  };

/** Choices side by side as one segmented control: for short labels. */
export function SegmentedControl<T extends string>(props: RadioProps<T>) {
  return (
    <Radix.Root
      aria-label={props.label}
      value={props.value ?? ''}
      onValueChange={choose(props)}
      disabled={props.disabled ?? false}
      className={cn(
        'flex divide-x divide-rule-strong rounded-md border border-edge/70 bg-surface',
        props.className,
      )}
    >
      {props.choices.map((choice) => (
        // A wrapper each: inside a form Radix puts a hidden input beside every item.
        <div key={choice.value} className="group/segment flex flex-1">
          <Radix.Item
            value={choice.value}
            title={typeof choice.hint === 'string' ? choice.hint : undefined}
            className={cn(
              'relative flex h-8 flex-1 items-center justify-center gap-1.5 px-2 text-xs font-medium whitespace-nowrap text-ink-2',
              'group-first/segment:rounded-l-[4px] group-last/segment:rounded-r-[4px] hover:bg-hover',
              'data-[state=checked]:bg-accent-soft data-[state=checked]:text-ink',
              'data-[state=checked]:shadow-[inset_0_-2px_0_var(--accent)]',
            )}
          >
            {choice.label}
          </Radix.Item>
        </div>
      ))}
    </Radix.Root>
  );
}

/** Choices one under the other, each with an explanation: for decisions worth a second of reading. */
export function RadioList<T extends string>(props: RadioProps<T>) {
  return (
    <Radix.Root
      aria-label={props.label}
      value={props.value ?? ''}
      onValueChange={choose(props)}
      disabled={props.disabled ?? false}
      className={cn('flex flex-col divide-y divide-rule border-y border-rule', props.className)}
    >
      {props.choices.map((choice) => (
        <div key={choice.value}>
          <Radix.Item
            value={choice.value}
            className={cn(
              'group flex w-full min-h-8 items-baseline gap-2.5 px-2 py-1.5 text-left hover:bg-hover',
              'focus-visible:-outline-offset-2 data-[state=checked]:bg-accent-soft',
            )}
          >
            <span
              aria-hidden="true"
              className="relative top-0.5 size-3.5 shrink-0 rounded-full border border-edge bg-surface group-data-[state=checked]:border-[4.5px] group-data-[state=checked]:border-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="text-sm font-medium">{choice.label}</span>
              {choice.hint ? (
                <span className="block text-xs text-ink-3 group-data-[state=checked]:text-ink-2">
                  {choice.hint}
                </span>
              ) : null}
            </span>
            {choice.shortcut ? <ShortcutSign keys={choice.shortcut} /> : null}
          </Radix.Item>
        </div>
      ))}
    </Radix.Root>
  );
}

function ShortcutSign({ keys }: { keys: string }) {
  if (!useIsHeard(keys)) return null;
  return (
    <span aria-hidden="true" className="font-mono text-2xs text-ink-3">
      {keys}
    </span>
  );
}
