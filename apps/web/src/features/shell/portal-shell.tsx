'use client';

import { AppShell, useShortcuts } from '@blastwise/ui';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { NOTICE } from '../shared/index.ts';
import { LiveProvider } from './live.tsx';
import { Logo } from './logo.tsx';
import { PLACES } from './places.tsx';
import { type Profile, ProfileProvider } from './profile.tsx';
import { SessionGuard } from './session-guard.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { StatusBar } from './status-bar.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorklistFilterProvider } from './worklist-filter.tsx';

const GROUPS = ['work', 'admin', 'help'] as const;

/** The frame of every page behind the sign-in. */
export function PortalShell({ profile, children }: { profile: Profile; children: ReactNode }) {
  const pathname = usePathname();
  const router = useRouter();
  const places = PLACES.filter((place) => place.shownTo(profile));
  useShortcuts(Object.fromEntries(places.map((place) => [place.keys, () => router.push(place.href)])));
  const nav = GROUPS.map((group) =>
    places
      .filter((place) => place.group === group)
      .map(({ href, label, icon, keys }) => ({
        href,
        label,
        icon,
        keys,
        current: pathname.startsWith(href),
      })),
  ).filter((group) => group.length > 0);
  return (
    <ProfileProvider profile={profile}>
      <LiveProvider>
        <WorklistFilterProvider>
          <AppShell
            brand={<Logo className="size-7" />}
            nav={nav}
            link={Link}
            railFoot={<UserMenu />}
            status={<StatusBar />}
            notice={NOTICE}
          >
            {children}
          </AppShell>
          <ShortcutsHelp />
          <SessionGuard />
        </WorklistFilterProvider>
      </LiveProvider>
    </ProfileProvider>
  );
}
