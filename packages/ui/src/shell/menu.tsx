'use client';

import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '../cn.ts';

const ITEM =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-highlighted:bg-hover [&_svg]:size-3.5 [&_svg]:text-ink-3';

/** A menu that opens from a button. */
export function Menu(props: {
  trigger: ReactElement;
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}) {
  return (
    // Not modal: nothing behind it is hidden from a screen reader for the sake of a small menu.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={props.side ?? 'bottom'}
          align={props.align ?? 'end'}
          sideOffset={6}
          collisionPadding={8}
          className="animate-fade z-50 min-w-52 rounded-lg border border-rule-strong bg-surface p-1 shadow-float"
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem(props: { onSelect: () => void; children: ReactNode; className?: string }) {
  return (
    <Radix.Item onSelect={props.onSelect} className={cn(ITEM, props.className)}>
      {props.children}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-xs text-ink-3">{children}</Radix.Label>;
}

export function MenuRule() {
  return <Radix.Separator className="-mx-1 my-1 border-t border-rule" />;
}

/** One of a few values, as marked lines of a menu. */
export function MenuChoices<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: ReactNode }[];
}) {
  return (
    <Radix.RadioGroup
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => {
        const choice = props.choices.find((c) => c.value === value);
        if (choice) props.onChange(choice.value);
      }}
    >
      {props.choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={cn(ITEM, 'data-[state=checked]:font-medium')}
        >
          {choice.label}
          <Radix.ItemIndicator className="ml-auto size-1.5 rounded-full bg-accent" />
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
