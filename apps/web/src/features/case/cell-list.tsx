import type { WhiteCell } from '@blastwise/contracts';
import { cn, STAGES, StageGlyph } from '@blastwise/ui';
import { cellSentence, FULL_BAR_AT_LEAST, signed, voicesOf } from './evidence-words.ts';
import { PanelSection } from './panel.tsx';

interface CellListProps {
  cells: readonly WhiteCell[];
  current: number | null;
  onCurrent: (index: number | null) => void;
}

/** The white cells one by one: reached by Tab, shown in the field while looked at. */
export function CellList({ cells, current, onCurrent }: CellListProps) {
  if (cells.length === 0) return null;
  return (
    <PanelSection title="White cells" aside="evidence, in log-odds">
      <ol className="-mx-2 max-h-56 overflow-y-auto" aria-label="White cells">
        {cells.map((cell, i) => (
          <li key={`${cell.x} ${cell.y} ${cell.width} ${cell.height}`}>
            <button
              type="button"
              onFocus={() => onCurrent(i)}
              onBlur={() => onCurrent(null)}
              onPointerEnter={() => onCurrent(i)}
              onPointerLeave={() => onCurrent(null)}
              className={cn(
                'flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-xs focus-visible:-outline-offset-2',
                current === i && 'bg-accent-soft',
              )}
            >
              <span className="tabular w-5 shrink-0 text-ink-3">{i + 1}</span>
              <CellWords cell={cell} />
            </button>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

function CellWords({ cell }: { cell: WhiteCell }) {
  if (cell.contributions === null) return <span className="text-ink-3">no statement</span>;
  const { for: most, against } = voicesOf(cell.contributions);
  return (
    <>
      <span className="sr-only">{cellSentence(cell)}</span>
      <span aria-hidden="true" className="flex min-w-0 flex-1 items-center gap-1.5">
        {most ? (
          <>
            <StageGlyph stage={most.stage} />
            {most.stage} <span className="tabular text-ink-3">{most.strength}</span>
          </>
        ) : (
          <span className="text-ink-3">says little</span>
        )}
      </span>
      {against ? (
        <span aria-hidden="true" className="tabular shrink-0 text-ink-3">
          not {against.stage} {against.strength}
        </span>
      ) : null}
    </>
  );
}

/** One cell beside its box in the field: its word, and the evidence for every stage. */
export function CellStatement({ cells, index }: { cells: readonly WhiteCell[]; index: number }) {
  const cell = cells[index];
  if (!cell) return null;
  const { contributions, nucleusShare } = cell;
  return (
    <>
      <p className="font-semibold">Cell {index + 1}</p>
      <p className="mt-0.5 text-ink-2">{cellSentence(cell)}</p>
      {contributions ? <Contributions contributions={contributions} widest={widestOf(cells)} /> : null}
      {nucleusShare === null ? null : (
        <p className="mt-1 text-ink-3">Nucleus: {Math.round(nucleusShare * 100)} % of the cell</p>
      )}
    </>
  );
}

/** The contribution that fills a bar: the largest of any cell to any stage, so that the bars of one field are on one scale. */
function widestOf(cells: readonly WhiteCell[]): number {
  const all = cells.flatMap(({ contributions }) =>
    contributions ? STAGES.map((stage) => Math.abs(contributions[stage])) : [],
  );
  return all.reduce((widest, each) => Math.max(widest, each), FULL_BAR_AT_LEAST);
}

/** Bars to the right for a stage, to the left against it. */
function Contributions(props: { contributions: NonNullable<WhiteCell['contributions']>; widest: number }) {
  const { contributions, widest } = props;
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5">
      {STAGES.map((stage) => {
        const share = (contributions[stage] / widest) * 50;
        return (
          <li key={stage} className="flex items-center gap-2">
            <span className="flex w-16 items-center gap-1.5">
              <StageGlyph stage={stage} />
              {stage}
            </span>
            <span className="relative h-1.5 w-28 rounded-[1px] bg-hover">
              <span
                className="absolute inset-y-0 bg-ink-3"
                style={{ left: `${50 + Math.min(0, share)}%`, width: `${Math.abs(share)}%` }}
              />
              <span className="absolute inset-y-0 left-1/2 w-px bg-ink" />
            </span>
            <span className="tabular text-ink-3">{signed(contributions[stage])}</span>
          </li>
        );
      })}
    </ul>
  );
}
