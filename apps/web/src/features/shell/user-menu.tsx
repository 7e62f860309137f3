'use client';

import { Menu, MenuChoices, MenuItem, MenuLabel, MenuRule } from '@blastwise/ui';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, LogOut, MonitorSmartphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { signOut } from 'next-auth/react';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { useProfile } from '../shared/index.ts';
import { ChangePassword } from './change-password.tsx';
import { CHARACTER_KEYS, useCharacterKeysChoice } from './character-keys.ts';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const initials = (name: string): string =>
  name
    .replace(/^(dr|prof)\.?\s+/i, '')
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');

/** Who is signed in, the theme, the keys, the sessions, the password, and the way out. */
export function UserMenu() {
  const profile = useProfile();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  const characterKeys = useCharacterKeysChoice();
  const [changing, setChanging] = useState(false);
  const leave = async () => {
    queryClient.clear();
    await signOut({ callbackUrl: '/sign-in' });
  };
  return (
    <>
      <Menu
        side="right"
        align="end"
        trigger={
          <button
            type="button"
            className="flex size-8 items-center justify-center rounded-full border border-edge/70 bg-surface text-xs font-semibold hover:bg-hover"
          >
            <span aria-hidden="true">{initials(profile.name)}</span>
            <span className="sr-only">Account: {profile.name}</span>
          </button>
        }
      >
        <MenuLabel>
          <span className="block text-sm font-medium text-ink">{profile.name}</span>
          <span className="block">
            {profile.email} · {profile.role}
          </span>
        </MenuLabel>
        <MenuRule />
        <MenuLabel>Theme</MenuLabel>
        <MenuChoices
          label="Theme"
          value={THEMES.find((t) => t.value === theme)?.value ?? 'system'}
          onChange={setTheme}
          choices={THEMES}
        />
        <MenuRule />
        <MenuLabel>Single-key shortcuts</MenuLabel>
        <MenuChoices label="Single-key shortcuts" choices={CHARACTER_KEYS} {...characterKeys} />
        <MenuRule />
        <MenuItem onSelect={() => router.push('/sessions')}>
          <MonitorSmartphone /> Sessions
        </MenuItem>
        {profile.signedInBy === 'password' ? (
          <MenuItem onSelect={() => setChanging(true)}>
            <KeyRound /> Change password…
          </MenuItem>
        ) : null}
        <MenuItem onSelect={leave}>
          <LogOut /> Sign out
        </MenuItem>
      </Menu>
      <ChangePassword open={changing} onOpenChange={setChanging} />
    </>
  );
}
