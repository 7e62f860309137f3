'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { leaveIfSignedOut } from './end-session.ts';

/** Sends to the sign-in page as soon as the server no longer knows the session, and back here afterwards. */
export function SessionGuard() {
  const queryClient = useQueryClient();
  const pathname = usePathname();
  useEffect(() => {
    const check = (error: unknown) => leaveIfSignedOut(error, pathname);
    const queries = queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
    });
    const mutations = queryClient.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
    });
    return () => {
      queries();
      mutations();
    };
  }, [queryClient, pathname]);
  return null;
}
