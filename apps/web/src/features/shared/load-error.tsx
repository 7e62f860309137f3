'use client';

import type { ErrorCode } from '@blastwise/contracts';
import { Button, EmptyState } from '@blastwise/ui';
import { CloudOff } from 'lucide-react';
import { loadSentenceOf, reasonOf } from './errors.ts';

/** Asking again changes nothing about these. */
const FINAL: Partial<Record<ErrorCode, string>> = {
  FORBIDDEN: 'Not for your role',
  NOT_FOUND: 'There is nothing here',
};

/** Stands where data should, with the reason and, where it may help, a way to ask again. */
export function LoadError({
  error,
  onRetry,
  level = 2,
}: {
  error: unknown;
  onRetry: () => void;
  /** 1 where it is all that the page holds. */
  level?: 1 | 2;
}) {
  const reason = reasonOf(error);
  const final = reason ? FINAL[reason] : undefined;
  return (
    <div role="alert">
      <EmptyState
        level={level}
        icon={<CloudOff />}
        title={final ?? 'This could not be loaded'}
        action={final ? null : <Button onClick={onRetry}>Try again</Button>}
      >
        {loadSentenceOf(error)}
      </EmptyState>
    </div>
  );
}
