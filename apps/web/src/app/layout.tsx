import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../features/shell/providers.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Blastwise', template: '%s · Blastwise' },
  description: 'Review of blood-smear fields by expected cost. Research use, not for diagnosis.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f5f7' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0f11' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The nonce of this response: the theme's script runs before the first paint and must be allowed to.
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
