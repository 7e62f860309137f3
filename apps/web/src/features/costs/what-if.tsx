'use client';

import type { CostMatrix } from '@blastwise/contracts';
import { Button, checkDraft, MatrixEditor, toDraft } from '@blastwise/ui';
import { useState } from 'react';
import { asCostMatrix } from './as-cost-matrix.ts';
import { DominanceWarnings } from './dominance-warnings.tsx';
import { PreviewImpact } from './preview-impact.tsx';

/** What a proposal would change, and what other figures would; the proposal itself stays as it is. */
export function WhatIf({ costs }: { costs: CostMatrix }) {
  const [draft, setDraft] = useState<ReturnType<typeof toDraft> | null>(null);
  const tried = draft ? asCostMatrix(checkDraft(draft).costs) : costs;
  return (
    <>
      <div className="mb-3 flex items-center gap-3">
        <Button size="sm" onClick={() => setDraft(draft ? null : toDraft(costs))}>
          {draft ? 'Back to the proposal' : 'What if other figures…'}
        </Button>
        {draft ? <p className="text-xs text-ink-3">Tries figures out; the proposal stays as it is.</p> : null}
      </div>
      {draft ? (
        <MatrixEditor
          draft={draft}
          onChange={setDraft}
          active={costs}
          sliders
          className="mb-4 max-w-[40rem]"
        />
      ) : null}
      <div className="mb-4">
        <DominanceWarnings costs={tried} />
      </div>
      <PreviewImpact costs={tried} />
    </>
  );
}
