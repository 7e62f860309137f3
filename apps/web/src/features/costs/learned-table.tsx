import { ColumnHeadings, cn, costTint, RowHeading, STAGES } from '@blastwise/ui';
import { evidenceText, posteriorText } from './learned-words.ts';
import type { LearnedCell } from './types.ts';

/** Proposed costs against those in force, with what each rests on. */
export function LearnedTable({ cells }: { cells: readonly LearnedCell[] }) {
  const most = Math.max(1, ...cells.map(({ proposed }) => proposed));
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">
        Proposed costs, with the costs in force, what readers judged and how much evidence there is. Rows: the
        true stage. Columns: the stage it was called.
      </caption>
      <thead>
        <tr>
          <th scope="col" className="w-24 text-left text-2xs font-normal text-ink-3">
            truly ↓ called →
          </th>
          <ColumnHeadings className="h-8 text-xs" />
        </tr>
      </thead>
      <tbody>
        {STAGES.map((actual) => (
          <tr key={actual}>
            <RowHeading stage={actual} className="text-xs" />
            {STAGES.map((predicted) => {
              const cell = cells.find((c) => c.actual === actual && c.predicted === predicted);
              return cell ? (
                <Cell key={predicted} cell={cell} share={cell.proposed / most} />
              ) : (
                <td key={predicted} className="border border-rule bg-sunken px-2.5 text-right text-ink-3">
                  <span className="sr-only">right answer: </span>
                  <span className="tabular font-mono">0</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell, share }: { cell: LearnedCell; share: number }) {
  const changed = cell.active !== cell.proposed;
  return (
    <td
      className="h-22 border border-rule px-2.5 py-1.5 text-right align-top text-2xs text-ink-2"
      style={costTint(share)}
    >
      <p className="tabular font-mono text-sm text-ink">
        {changed ? (
          <span className="mr-1.5 text-2xs text-ink-2">
            <span className="sr-only">in force </span>
            <s>{cell.active}</s>
            <span className="sr-only">, proposed </span>
          </span>
        ) : null}
        <span className={cn(changed && 'font-semibold')}>{cell.proposed}</span>
      </p>
      {cell.evidence > 0 ? <p className="tabular">{posteriorText(cell)}</p> : null}
      <p className="tabular">{evidenceText(cell)}</p>
    </td>
  );
}
