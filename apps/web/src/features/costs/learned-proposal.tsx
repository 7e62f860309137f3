'use client';

import { DEFAULT_COST_WEIGHTS } from '@blastwise/contracts';
import { Button, EmptyState, Skeleton } from '@blastwise/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { LoadError } from '../shared/index.ts';
import { DominanceWarnings } from './dominance-warnings.tsx';
import { LearnedTable } from './learned-table.tsx';
import { changesAnything, choiceLines, countLines, draftFrom } from './learned-words.ts';
import { costsWith, toggled } from './taken-cells.ts';
import type { DraftStart, LearnedCosts, TakenCells } from './types.ts';
import { WeightsForm } from './weights-form.tsx';
import { DEFAULT_WEIGHTS_TEXT, readWeights } from './weights-text.ts';

/** Costs computed from how harmful readers judged errors; nothing changes until they are proposed. */
export function LearnedProposal({ onUse }: { onUse: (start: DraftStart) => void }) {
  const trpc = useTRPC();
  const [text, setText] = useState(DEFAULT_WEIGHTS_TEXT);
  const read = readWeights(text);
  const weights = useLast('weights' in read ? read.weights : null) ?? DEFAULT_COST_WEIGHTS;
  const { data, isError, error, refetch } = useQuery(
    trpc.costs.learned.queryOptions({ weights }, { placeholderData: keepPreviousData }),
  );
  return (
    <article className="mx-auto max-w-[64rem] px-7 py-6">
      <h2 className="mb-4 text-xl font-semibold tracking-tight">From readers’ judgements</h2>
      <WeightsForm text={text} error={'error' in read ? read.error : null} onChange={setText} />
      {isError ? (
        <LoadError error={error} onRetry={() => refetch()} />
      ) : data ? (
        <Learned learned={data} onUse={onUse} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </article>
  );
}

/** The last value there was, while there is none. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  if (value !== null && JSON.stringify(value) !== JSON.stringify(last)) setLast(value);
  return value ?? last;
}

function Learned({ learned, onUse }: { learned: LearnedCosts; onUse: (start: DraftStart) => void }) {
  const [taken, setTaken] = useState<TakenCells>(new Set());
  if (learned.counts.used === 0 && learned.choices.answers === 0) {
    return (
      <>
        <EmptyState
          icon={<Scale />}
          title="No reader has yet judged an error on a settled field, or answered a question under doubt, so every cost stays as it is."
        />
        <Counts learned={learned} />
      </>
    );
  }
  const changes = changesAnything(learned, taken);
  return (
    <>
      <LearnedTable
        cells={learned.cells}
        taken={taken}
        onTake={(cell) => setTaken((before) => toggled(before, cell))}
      />
      <p className="mt-3 max-w-[52rem] text-xs text-ink-3">
        A cost heads for the mean of what readers judged, with the founding cost counted among the judgements;
        in brackets its 95 % interval. One proposal goes one step towards it. How often an error occurs does
        not count.
      </p>
      <DominanceWarnings costs={costsWith(learned, taken)} />
      <Counts learned={learned} />
      <Choices learned={learned} />
      <div className="mt-5 flex items-center gap-3">
        <Button variant="primary" disabled={!changes} onClick={() => onUse(draftFrom(learned, taken))}>
          Use as draft
        </Button>
        <p className="text-xs text-ink-3">
          {changes
            ? 'You can change it, see which decisions it would change and give your reason before you propose it.'
            : learned.counts.used > 0
              ? `Version ${learned.active.version} in force already says what the readers judged.`
              : `No judged error moves version ${learned.active.version} in force.`}
        </p>
      </div>
    </>
  );
}

function Choices({ learned }: { learned: LearnedCosts }) {
  const lines = choiceLines(learned.choices);
  if (lines.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="eyebrow mb-1.5 border-b border-rule pb-1.5">Choices under doubt</h3>
      <ul className="tabular text-sm text-ink-2">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="mt-1.5 max-w-[52rem] text-xs text-ink-3">
        What readers would rather risk on fields close to the cost of a second reading, as costs that would
        explain their answers; in brackets the 95 % interval. They start from the founding cost and move no
        proposed cost: take one over where it convinces you. It is then taken whole, not by a step.
      </p>
    </section>
  );
}

function Counts({ learned }: { learned: LearnedCosts }) {
  const lines = countLines(learned.counts);
  if (lines.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="eyebrow mb-1.5 border-b border-rule pb-1.5">Readings of settled fields</h3>
      <ul className="tabular text-sm text-ink-2">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
