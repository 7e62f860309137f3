'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { RouterOutputs } from '../../trpc/types.ts';

export type Profile = RouterOutputs['me']['get'];

const ProfileContext = createContext<Profile | null>(null);

export function ProfileProvider({ profile, children }: { profile: Profile; children: ReactNode }) {
  return <ProfileContext value={profile}>{children}</ProfileContext>;
}

/** Who is signed in. Only inside the portal's own pages. */
export function useProfile(): Profile {
  const profile = useContext(ProfileContext);
  if (!profile) throw new Error('useProfile stands outside the portal.');
  return profile;
}

/** How far readers agree concerns those who decide between them and those who look after the service. */
export const mayWeighReaders = ({ role }: Profile): boolean => role !== 'clinician';

/** Seniors settle what others dispute: their reading is the decision. */
export const mayDecide = ({ role }: Profile): boolean => role === 'senior';

/** Clinicians and seniors submit and read fields; admins look after the service. */
export const mayRead = (profile: Profile): boolean => profile.role !== 'admin';
