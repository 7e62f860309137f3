'use client';

import { Button } from '@blastwise/ui';
import { signOut } from 'next-auth/react';
import { NoticeBar } from '../shared/index.ts';
import { ChangePasswordForm } from './change-password.tsx';
import { Logo } from './logo.tsx';

/** Stands instead of every page until a password that somebody else chose is replaced by the owner's own. */
export function OwnPassword() {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="flex items-center justify-center p-6">
        <div className="w-84">
          <Logo className="mb-6 size-9" />
          <h1 className="text-lg font-semibold tracking-tight">Choose your own password</h1>
          <p className="mt-1 mb-6 text-sm text-ink-2">
            Somebody else chose the one you signed in with. What you sign from now on must be yours alone.
          </p>
          <ChangePasswordForm
            // A full load: the page that was asked for, as a user of one's own.
            onDone={() => window.location.reload()}
            leave={<Button onClick={() => signOut({ callbackUrl: '/sign-in' })}>Sign out</Button>}
          />
        </div>
      </main>
      <NoticeBar />
    </div>
  );
}
