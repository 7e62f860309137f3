import { cn } from '../cn.ts';
import { STAGES } from '../stages/stages.ts';
import { costTint } from './cost-tint.ts';
import type { Costs } from './draft.ts';
import { ColumnHeadings, MatrixCaption, RowHeading } from './matrix-headings.tsx';

/** Costs to read, not to edit; cells that differ from `against` are marked and carry the old figure. */
export function MatrixTable(props: { costs: Costs; against?: Costs | null | undefined; className?: string }) {
  const most = Math.max(1, ...props.costs.matrix.flat());
  return (
    <table className={cn('w-full table-fixed border-collapse text-sm', props.className)}>
      <MatrixCaption />
      <thead>
        <tr>
          <th scope="col" className="w-24 text-left text-2xs font-normal text-ink-3">
            truly ↓ called →
          </th>
          <ColumnHeadings className="h-7 text-xs" />
        </tr>
      </thead>
      <tbody>
        {STAGES.map((actual, row) => (
          <tr key={actual}>
            <RowHeading stage={actual} className="text-xs" />
            {STAGES.map((predicted, column) => {
              const cost = props.costs.matrix[row]?.[column] ?? 0;
              const before = props.against?.matrix[row]?.[column];
              const changed = before !== undefined && before !== cost;
              return (
                <td
                  key={predicted}
                  className={cn(
                    'tabular h-9 border border-rule px-2 text-right font-mono',
                    row === column && 'text-ink-3',
                  )}
                  style={costTint(cost / most)}
                >
                  {changed ? (
                    <span className="mr-1.5 text-2xs text-ink-2">
                      <span className="sr-only">was </span>
                      <s>{before}</s>
                    </span>
                  ) : null}
                  <span className={changed ? 'font-semibold' : undefined}>{cost}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
