import { StageBadge, StageGlyph } from '@blastwise/ui';
import { Nothing } from './nothing.tsx';
import { type StageCount, stageCounts } from './stage-counts.ts';
import type { WorklistRow } from './use-worklist.ts';

/** The stage of a case by name where all its fields show one; else how many fields show each, or lean to it. */
export function ShownStages({ images }: Pick<WorklistRow, 'images'>) {
  const counts = stageCounts(images);
  const [only, ...others] = counts;
  if (!only) return <Nothing />;
  if (others.length === 0) return <Alone {...only} />;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      {counts.map(({ stage, leans, fields }) => (
        <span key={`${stage} ${leans}`} className="tabular inline-flex items-center gap-1 whitespace-nowrap">
          {leans ? <span className="text-ink-3">leans</span> : null}
          {stage ? <StageGlyph stage={stage} /> : null}
          {stage ?? 'n. a.'} {fields}
        </span>
      ))}
    </span>
  );
}

const Alone = ({ stage, leans }: StageCount) =>
  leans ? (
    <span className="inline-flex items-center gap-1.5 text-ink-3">
      leans <StageBadge stage={stage} className="font-normal text-ink-2" />
    </span>
  ) : (
    <StageBadge stage={stage} />
  );
