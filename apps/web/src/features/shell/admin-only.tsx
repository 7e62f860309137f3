'use client';

import { buttonClass, EmptyState } from '@blastwise/ui';
import { Lock } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useProfile } from './profile.tsx';

/** Shows a page to admins. The procedures check the role themselves; this only spares others a page of refusals. */
export function AdminOnly({ children }: { children: ReactNode }) {
  if (useProfile().role === 'admin') return children;
  return (
    <EmptyState
      icon={<Lock />}
      title="For admins"
      action={
        <Link href="/cases" className={buttonClass()}>
          To the worklist
        </Link>
      }
    >
      Costs, users, the model and the audit trail are looked after by admins.
    </EmptyState>
  );
}
