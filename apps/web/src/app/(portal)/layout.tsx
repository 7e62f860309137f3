import { DomainError } from '@blastwise/contracts';
import { TRPCError } from '@trpc/server';
import type { ReactNode } from 'react';
import { OwnPassword, PortalShell, ToSignIn } from '../../features/shell/index.ts';
import { caller, carriesSession } from '../../trpc/server.tsx';

/** Who is signed in; null: nobody; or that the password must be changed first. Any other failure is the error page's. */
async function visitor() {
  // A first visit is no refused call for the audit trail.
  if (!(await carriesSession())) return null;
  try {
    return await (await caller()).me.get();
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === 'UNAUTHORIZED') return null;
    if (error.cause instanceof DomainError && error.cause.code === 'PASSWORD_CHANGE_REQUIRED') {
      return error.cause.code;
    }
    throw error;
  }
}

/** The pages behind the sign-in. Every call checks the session again; this only decides what to show. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const profile = await visitor();
  if (profile === null) return <ToSignIn />;
  if (profile === 'PASSWORD_CHANGE_REQUIRED') return <OwnPassword />;
  return <PortalShell profile={profile}>{children}</PortalShell>;
}
