'use client';

import { AppShell } from '@blastwise/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { NOTICE, type Profile, ProfileProvider } from '../shared/index.ts';
import { useKeptCharacterKeys } from './character-keys.ts';
import { IdleWarning } from './idle-warning.tsx';
import { LiveProvider } from './live.tsx';
import { Logo } from './logo.tsx';
import { SessionGuard } from './session-guard.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { StatusBar } from './status-bar.tsx';
import { useNavigation } from './use-navigation.ts';
import { UserMenu } from './user-menu.tsx';
import { WorklistFilterProvider } from './worklist-filter.tsx';

/** The frame of every page behind the sign-in. */
export function PortalShell({ profile, children }: { profile: Profile; children: ReactNode }) {
  return (
    <ProfileProvider profile={profile}>
      <LiveProvider>
        <WorklistFilterProvider>
          <Frame>{children}</Frame>
          <ShortcutsHelp />
          <SessionGuard />
          <IdleWarning />
        </WorklistFilterProvider>
      </LiveProvider>
    </ProfileProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  useKeptCharacterKeys();
  return (
    <AppShell
      brand={<Logo className="size-7" />}
      nav={useNavigation()}
      link={Link}
      railFoot={<UserMenu />}
      status={<StatusBar />}
      notice={NOTICE}
    >
      {children}
    </AppShell>
  );
}
