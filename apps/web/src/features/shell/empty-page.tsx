import { buttonClass, EmptyState } from '@blastwise/ui';
import { Compass } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { NoticeBar } from '../shared/index.ts';

/** A page with nothing on it but a sentence and the way back. */
export function EmptyPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="flex items-center justify-center">
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
      <NoticeBar />
    </div>
  );
}
