'use client';

import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { cn } from '../cn.ts';
import { buttonClass } from '../controls/button.tsx';

export interface ToastMessage {
  title: string;
  text?: string;
  tone?: 'neutral' | 'good' | 'bad';
  /** A way back or onward, such as undoing what was just done. */
  action?: { label: string; onClick: () => void };
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Shows a message at the corner of the page; it is also announced. */
export const useToast = (): ((message: ToastMessage) => void) => useContext(ToastContext);

const BAR = { neutral: 'bg-edge', good: 'bg-good', bad: 'bg-bad' } as const;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly (ToastMessage & { id: number })[]>([]);
  const show = useCallback((message: ToastMessage) => {
    // Three at most: older ones give way.
    setMessages((old) => [...old.slice(-2), { ...message, id: (old.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const drop = (id: number) => setMessages((old) => old.filter((m) => m.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider duration={8000} swipeDirection="right">
        {children}
        {messages.map((message) => (
          <Radix.Root
            key={message.id}
            onOpenChange={(open) => (open ? undefined : drop(message.id))}
            // A failure stays until it was read, however long that takes.
            {...(message.tone === 'bad' ? { duration: Infinity } : {})}
            type={message.tone === 'bad' ? 'foreground' : 'background'}
            className="animate-rise relative flex items-start gap-3 overflow-hidden rounded-lg border border-rule-strong bg-surface py-2.5 pr-2 pl-4 shadow-float"
          >
            <span
              aria-hidden="true"
              className={cn('absolute inset-y-0 left-0 w-1', BAR[message.tone ?? 'neutral'])}
            />
            <div className="min-w-0 flex-1 pt-1">
              <Radix.Title className="text-sm font-medium">{message.title}</Radix.Title>
              {message.text ? (
                <Radix.Description className="text-xs text-ink-2">{message.text}</Radix.Description>
              ) : null}
            </div>
            {message.action ? (
              <Radix.Action asChild altText={message.action.label}>
                <button
                  type="button"
                  onClick={message.action.onClick}
                  className={buttonClass('secondary', 'sm')}
                >
                  {message.action.label}
                </button>
              </Radix.Action>
            ) : null}
            <Radix.Close aria-label="Dismiss" className={buttonClass('quiet', 'icon-sm')}>
              <X />
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed right-4 bottom-10 z-60 flex w-90 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none" />
      </Radix.Provider>
    </ToastContext>
  );
}
