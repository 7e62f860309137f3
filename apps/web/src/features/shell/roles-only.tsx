'use client';

import { buttonClass, EmptyState } from '@blastwise/ui';
import { Lock } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { mayWeighReaders, type Profile, useProfile } from '../shared/index.ts';

/** Shows a page to some roles. The procedures check the role themselves; this only spares others a page of refusals. */
function RolesOnly(props: {
  allowed: (profile: Profile) => boolean;
  title: string;
  text: string;
  children: ReactNode;
}) {
  if (props.allowed(useProfile())) return props.children;
  return (
    <EmptyState
      level={1}
      icon={<Lock />}
      title={props.title}
      action={
        <Link href="/cases" className={buttonClass()}>
          To the worklist
        </Link>
      }
    >
      {props.text}
    </EmptyState>
  );
}

export const AdminOnly = ({ children }: { children: ReactNode }) => (
  <RolesOnly
    allowed={({ role }) => role === 'admin'}
    title="For admins"
    text="Costs, users, the model and the audit trail are looked after by admins."
  >
    {children}
  </RolesOnly>
);

export const SeniorsAndAdminsOnly = ({ children }: { children: ReactNode }) => (
  <RolesOnly
    allowed={mayWeighReaders}
    title="For seniors and admins"
    text="How far readers agree is for seniors, who decide between them, and for admins."
  >
    {children}
  </RolesOnly>
);
