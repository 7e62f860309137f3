import { cn } from '@blastwise/ui';
import { EyeOff } from 'lucide-react';

/** Marks a case in which nobody sees the AI before reading. */
export const BlindReview = ({ className }: { className?: string }) => (
  <span
    title="Drawn by chance: the AI is shown after your reading"
    className={cn('flex items-center gap-1.5 whitespace-nowrap text-ink-2', className)}
  >
    <EyeOff aria-hidden="true" className="size-3.5 text-ink-3" /> blind review
  </span>
);
