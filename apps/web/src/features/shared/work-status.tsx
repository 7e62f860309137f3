import { cn } from '@blastwise/ui';
import { CircleCheck, CircleDashed, CircleDot, TriangleAlert, UserRoundSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RouterOutputs } from '../../trpc/types.ts';

export type WorkStatus = RouterOutputs['cases']['detail']['status'];

const STATUS: Readonly<Record<WorkStatus, { word: string; icon: ReactNode; color: string }>> = {
  queued: { word: 'Queued', icon: <CircleDashed className="animate-breathe" />, color: 'text-ink-3' },
  failed: { word: 'Failed', icon: <TriangleAlert />, color: 'text-bad' },
  deferred: { word: 'Deferred', icon: <UserRoundSearch />, color: 'text-warn' },
  analysed: { word: 'Analysed', icon: <CircleDot />, color: 'text-accent' },
  unread: { word: 'To read', icon: <CircleDot />, color: 'text-accent' },
  corrected: { word: 'Read', icon: <CircleCheck />, color: 'text-good' },
};

export const statusWord = (status: WorkStatus): string => STATUS[status].word;

/** Where a field or a case stands: sign and word. */
export function WorkStatusLabel({ status, className }: { status: WorkStatus; className?: string }) {
  const { word, icon, color } = STATUS[status];
  return (
    <span className={cn('flex items-center gap-1.5 whitespace-nowrap [&_svg]:size-3.5', color, className)}>
      <span aria-hidden="true">{icon}</span>
      <span className="text-ink-2">{word}</span>
    </span>
  );
}
