import { buttonClass, EmptyState } from '@blastwise/ui';
import { Compass } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** A page with nothing on it but a sentence and the way back. */
export function EmptyPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-[80vh] items-center justify-center">
      <EmptyState
        level={1}
        icon={<Compass />}
        title={title}
        action={
          <Link href="/cases" className={buttonClass()}>
            To the worklist
          </Link>
        }
      >
        {children}
      </EmptyState>
    </main>
  );
}
