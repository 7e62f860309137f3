import 'server-only';

import type { Role } from '@blastwise/contracts';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { sessionOf } from '../http/context.ts';
import { services } from '../services.ts';

export interface PageUser {
  id: string;
  name: string;
  email: string;
  role: Role;
}

/** Who looks at this page; null: nobody is signed in. */
export const currentUser = cache(async (): Promise<PageUser | null> => {
  const session = await sessionOf(services(), { jar: await cookies() });
  if (!session) return null;
  const { id, name, email, role } = session.user;
  return { id, name, email, role };
});

/** Sends a visitor to the sign-in page and, with `roles`, everybody else without one of them to the worklist. */
export async function requireUser(...roles: readonly Role[]): Promise<PageUser> {
  const user = await currentUser();
  if (!user) redirect('/sign-in');
  if (roles.length > 0 && !roles.includes(user.role)) redirect('/');
  return user;
}
