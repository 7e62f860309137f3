'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { KeyHint } from '../controls/kbd.tsx';

export const TooltipProvider = Radix.Provider;

/** A hint on hover and focus. The trigger keeps its own accessible name. */
export function Tooltip(props: {
  text: ReactNode;
  keys?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactElement;
}) {
  return (
    <Radix.Root delayDuration={350}>
      <Radix.Trigger asChild>{props.children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={props.side ?? 'top'}
          sideOffset={6}
          collisionPadding={8}
          className="animate-fade z-60 flex max-w-72 items-center gap-2 rounded-md border border-rule-strong bg-surface px-2 py-1 text-xs text-ink shadow-float"
        >
          {props.text}
          {props.keys ? <KeyHint keys={props.keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
