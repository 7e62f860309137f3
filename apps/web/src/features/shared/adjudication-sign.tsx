import { cn } from '@blastwise/ui';
import { CircleCheck, CircleDashed, Gavel, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RouterOutputs } from '../../trpc/types.ts';

type Adjudication = NonNullable<RouterOutputs['cases']['detail']['fields'][number]['adjudication']>;
export type AdjudicationStatus = Adjudication['status'] | 'unread';

const SIGNS: Readonly<Record<AdjudicationStatus, { icon: ReactNode; color: string }>> = {
  unread: { icon: <CircleDashed />, color: 'text-ink-3' },
  open: { icon: <Hourglass />, color: 'text-accent' },
  disputed: { icon: <Gavel />, color: 'text-warn' },
  adjudicated: { icon: <CircleCheck />, color: 'text-good' },
};

/** How settled a field is, as a sign. Decorative: put the words beside it. */
export function AdjudicationSign(props: { status: AdjudicationStatus; className?: string }) {
  const { icon, color } = SIGNS[props.status];
  return (
    <span aria-hidden="true" className={cn('shrink-0 [&_svg]:size-3.5', color, props.className)}>
      {icon}
    </span>
  );
}
