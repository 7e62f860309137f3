'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { cn } from '../cn.ts';
import { buttonClass } from '../controls/button.tsx';

/** What a form is filled in by. Inputs that Radix hides beside its own radio buttons are not it. */
const FIELDS = 'input:not([aria-hidden=true]), textarea, [role=combobox], [role=radio]';

/** A form starts at its first field, or at what is chosen there; not at the button that closes it. */
function firstField(body: HTMLElement): HTMLElement | null {
  const first = body.querySelector<HTMLElement>(FIELDS);
  return first?.closest('[role=radiogroup]')?.querySelector<HTMLElement>('[aria-checked=true]') ?? first;
}

/** A modal dialog: focus is held inside, Escape closes it, focus goes back to where it was. */
export function Dialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** It is read rather than filled in, and may need scrolling: it takes the focus itself. */
  readOnly?: boolean;
  className?: string;
}) {
  const body = useRef<HTMLDivElement>(null);
  const focusBody = (event: Event) => {
    const start = props.readOnly ? body.current : body.current && firstField(body.current);
    if (!start) return;
    event.preventDefault();
    start.focus();
  };
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="animate-fade fixed inset-0 z-40 bg-[oklch(0.15_0.01_255/0.45)]" />
        <Radix.Content
          {...(props.description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusBody}
          className={cn(
            'animate-rise fixed inset-x-0 top-[12vh] z-50 mx-auto flex max-h-[78vh] w-[30rem] max-w-[calc(100vw-2rem)] flex-col',
            'rounded-lg border border-rule-strong bg-surface shadow-float',
            props.className,
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="flex-1">
              <Radix.Title className="text-lg font-semibold tracking-tight">{props.title}</Radix.Title>
              {props.description ? (
                <Radix.Description className="mt-0.5 text-sm text-ink-3">
                  {props.description}
                </Radix.Description>
              ) : null}
            </div>
            <Radix.Close aria-label="Close" className={buttonClass('quiet', 'icon-sm')}>
              <X />
            </Radix.Close>
          </header>
          <div
            ref={body}
            {...(props.readOnly ? { tabIndex: 0 } : {})}
            className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 focus-visible:-outline-offset-2"
          >
            {props.children}
          </div>
          {props.footer ? (
            <footer className="flex justify-end gap-2 border-t border-rule px-5 py-3">{props.footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
