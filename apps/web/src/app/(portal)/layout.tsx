import { TRPCError } from '@trpc/server';
import type { ReactNode } from 'react';
import { PortalShell, ToSignIn } from '../../features/shell/index.ts';
import { caller, carriesSession } from '../../trpc/server.tsx';

/** Who is signed in, or null. Any other failure is the error page's. */
async function profileOrNull() {
  // A first visit is no refused call for the audit trail.
  if (!(await carriesSession())) return null;
  try {
    return await (await caller()).me.get();
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'UNAUTHORIZED') return null;
    throw error;
  }
}

/** The pages behind the sign-in. Every call checks the session again; this only decides what to show. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const profile = await profileOrNull();
  return profile ? <PortalShell profile={profile}>{children}</PortalShell> : <ToSignIn />;
}
