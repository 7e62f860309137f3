'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Goes to the sign-in page and remembers where one wanted to be. */
export function ToSignIn() {
  const router = useRouter();
  const pathname = usePathname();
  useEffect(() => {
    const back = pathname === '/' || pathname === '/cases' ? '' : `?return=${encodeURIComponent(pathname)}`;
    router.replace(`/sign-in${back}`);
  }, [router, pathname]);
  return null;
}
