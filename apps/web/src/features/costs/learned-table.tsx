import { ColumnHeadings, cn, costTint, RowHeading, STAGES } from '@blastwise/ui';
import { chosenText, evidenceText, posteriorText } from './learned-words.ts';
import { costWith } from './taken-cells.ts';
import { cellKey, type LearnedCell, type TakenCells } from './types.ts';

interface LearnedTableProps {
  cells: readonly LearnedCell[];
  taken: TakenCells;
  onTake: (cell: LearnedCell) => void;
}

/** Proposed costs against those in force, with what each rests on and what choices under doubt say beside it. */
export function LearnedTable({ cells, taken, onTake }: LearnedTableProps) {
  const most = Math.max(1, ...cells.map((cell) => costWith(cell, taken)));
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">
        Proposed costs, with the costs in force, what readers judged and chose, and how much evidence there
        is. Rows: the true stage. Columns: the stage it was called.
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
                <Cell
                  key={predicted}
                  cell={cell}
                  shown={costWith(cell, taken)}
                  most={most}
                  isTaken={taken.has(cellKey(cell))}
                  onTake={() => onTake(cell)}
                />
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

function Cell(props: {
  cell: LearnedCell;
  shown: number;
  most: number;
  isTaken: boolean;
  onTake: () => void;
}) {
  const { cell, shown } = props;
  const changed = cell.active !== shown;
  return (
    <td
      className="h-22 border border-rule px-2.5 py-1.5 text-right align-top text-2xs text-ink-2"
      style={costTint(shown / props.most)}
    >
      <p className="tabular font-mono text-sm text-ink">
        {changed ? (
          <span className="mr-1.5 text-2xs text-ink-2">
            <span className="sr-only">in force </span>
            <s>{cell.active}</s>
            <span className="sr-only">, proposed </span>
          </span>
        ) : null}
        <span className={cn(changed && 'font-semibold')}>{shown}</span>
      </p>
      {cell.evidence > 0 ? <p className="tabular">{posteriorText(cell)}</p> : null}
      <p className="tabular">{evidenceText(cell)}</p>
      {cell.chosen ? (
        <>
          <p className="tabular mt-1 border-t border-rule-strong pt-1">{chosenText(cell.chosen)}</p>
          <button
            type="button"
            aria-pressed={props.isTaken}
            aria-label={`Take from choices: truly ${cell.actual}, called ${cell.predicted}`}
            onClick={props.onTake}
            className={cn(
              'mt-1 h-6 rounded-sm border border-edge/70 px-1.5 font-medium',
              props.isTaken ? 'bg-accent text-accent-ink' : 'bg-surface text-ink hover:bg-hover',
            )}
          >
            {props.isTaken ? 'Taken' : 'Take'}
          </button>
        </>
      ) : null}
    </td>
  );
}
