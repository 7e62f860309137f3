'use client';

import { Button, EmptyState } from '@blastwise/ui';
import { CloudOff } from 'lucide-react';
import { reasonOf, sentenceOf } from './errors.ts';

/** Stands where data should, with the reason and a way to ask again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const refused = reasonOf(error) === 'FORBIDDEN';
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudOff />}
        title={refused ? 'Not for your role' : 'This could not be loaded'}
        action={refused ? null : <Button onClick={onRetry}>Try again</Button>}
      >
        {sentenceOf(error)}
      </EmptyState>
    </div>
  );
}
