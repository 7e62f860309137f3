'use client';

import { ToastProvider, TooltipProvider } from '@blastwise/ui';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { TrpcClientProvider } from '../../trpc/client.tsx';

/** What every page stands in: theme, server calls, hints and messages. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      <TrpcClientProvider>
        <TooltipProvider delayDuration={350}>
          <ToastProvider>{children}</ToastProvider>
        </TooltipProvider>
      </TrpcClientProvider>
    </ThemeProvider>
  );
}
