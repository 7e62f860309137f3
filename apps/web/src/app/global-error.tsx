'use client';

import './globals.css';

export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col items-center justify-center gap-3">
        <h1 className="text-lg font-semibold">The portal ran into an error</h1>
        <p className="text-ink-2">Nothing that was recorded is lost.</p>
        <button
          type="button"
          onClick={reset}
          className="rounded-md border border-edge px-3 py-1.5 font-medium"
        >
          Try again
        </button>
      </body>
    </html>
  );
}
