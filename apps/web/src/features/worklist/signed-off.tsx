import { cn } from '@blastwise/ui';
import { PenLine, PenOff } from 'lucide-react';
import type { WorklistRow } from './use-worklist.ts';

export const SIGN_OFF_SIGNS = {
  signed: { icon: <PenLine />, color: 'text-good', words: 'Signed' },
  changed: { icon: <PenOff />, color: 'text-warn', words: 'Signed; a reading was added since' },
} as const;

/** Whether the case is signed off, as a sign with words for the pointer and the screen reader. */
export function SignedOff({ signOff }: Pick<WorklistRow, 'signOff'>) {
  if (!signOff) return null;
  const { icon, color, words } = SIGN_OFF_SIGNS[signOff];
  return (
    <span title={words} className={cn('relative [&_svg]:size-3.5', color)}>
      <span aria-hidden="true">{icon}</span>
      <span className="sr-only">{words}.</span>
    </span>
  );
}
