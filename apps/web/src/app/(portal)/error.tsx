'use client';

import { Button, EmptyState } from '@blastwise/ui';
import { TriangleAlert } from 'lucide-react';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        level={1}
        icon={<TriangleAlert />}
        title="This page ran into an error"
        action={<Button onClick={reset}>Try again</Button>}
      >
        Nothing you entered elsewhere is lost. If it happens again, tell an admin what you were doing.
      </EmptyState>
    </div>
  );
}
