import { cn } from '../cn.ts';
import { StageGlyph } from '../stages/stage-badge.tsx';
import { STAGES } from '../stages/stages.ts';
import { costTint } from './cost-tint.ts';
import type { Costs } from './draft.ts';

/** Costs to read, not to edit; cells that differ from `against` are marked and carry the old figure. */
export function MatrixTable(props: { costs: Costs; against?: Costs | null | undefined; className?: string }) {
  const most = Math.max(1, ...props.costs.matrix.flat());
  return (
    <table className={cn('w-full table-fixed border-collapse text-sm', props.className)}>
      <caption className="sr-only">
        Misclassification costs. Rows: the true stage. Columns: the stage it was called.
      </caption>
      <thead>
        <tr>
          <th scope="col" className="w-24 text-left text-2xs font-normal text-ink-3">
            truly ↓ called →
          </th>
          {STAGES.map((stage) => (
            <th key={stage} scope="col" className="h-7 px-2 text-xs font-medium">
              <span className="flex items-center justify-end gap-1.5">
                <StageGlyph stage={stage} />
                {stage}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {STAGES.map((actual, row) => (
          <tr key={actual}>
            <th scope="row" className="text-left text-xs font-medium">
              <span className="flex items-center gap-1.5">
                <StageGlyph stage={actual} />
                {actual}
              </span>
            </th>
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
