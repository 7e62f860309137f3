'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { StageGlyph } from '../stages/stage-badge.tsx';
import { STAGES } from '../stages/stages.ts';
import { type CostDraft, type Costs, cellKey, cellWords, checkDraft, withCell } from './draft.ts';
import { type Cell, nextCell } from './grid.ts';

/** Where the caret stands decides whether a sideways arrow edits the text or leaves the cell. */
function leavesText(input: HTMLInputElement, key: string): boolean {
  const start = input.selectionStart ?? 0;
  const end = input.selectionEnd ?? 0;
  if (start === 0 && end === input.value.length) return true;
  if (key === 'ArrowLeft' || key === 'Home') return start === 0 && end === 0;
  if (key === 'ArrowRight' || key === 'End') return start === input.value.length;
  return true;
}

/**
 * Edits misclassification costs: rows are what the field truly shows, columns what it was called.
 * Cells that differ from `active` are marked; arrow keys and Enter move between cells; right answers cost nothing.
 */
export function MatrixEditor(props: {
  draft: CostDraft;
  onChange: (draft: CostDraft) => void;
  active: Costs | null;
  className?: string;
}) {
  const { draft, active } = props;
  const id = useId();
  const inputs = useRef(new Map<string, HTMLInputElement>());
  const [focused, setFocused] = useState<Cell | null>(null);
  const check = checkDraft(draft);
  const most = Math.max(1, ...(check.costs?.matrix.flat() ?? active?.matrix.flat() ?? []));
  const firstError = check.errors.values().next().value;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, cell: Cell) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !leavesText(event.currentTarget, event.key)) return;
    const to = nextCell(cell, event.key, STAGES.length);
    if (!to) return;
    event.preventDefault();
    inputs.current.get(cellKey(to.row, to.column))?.focus();
  };

  return (
    <div className={props.className}>
      <div className="grid grid-cols-[auto_1fr] gap-x-3">
        <div className="row-span-2 flex items-center pt-14">
          <span className="eyebrow [writing-mode:vertical-rl] rotate-180">Truly (rows)</span>
        </div>
        <span className="eyebrow mb-1 pl-24 text-center">Called (columns)</span>
        <table className="w-full table-fixed border-collapse" aria-describedby={`${id}-note`}>
          <caption className="sr-only">
            Misclassification costs. Rows: the true stage. Columns: the stage it was called.
          </caption>
          <thead>
            <tr>
              <td className="w-24" />
              {STAGES.map((stage) => (
                <th key={stage} scope="col" className="h-8 px-2 text-sm font-medium">
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
                <th scope="row" className="px-2 text-left text-sm font-medium">
                  <span className="flex items-center gap-1.5">
                    <StageGlyph stage={actual} />
                    {actual}
                  </span>
                </th>
                {STAGES.map((predicted, column) => {
                  if (row === column) {
                    return (
                      <td key={predicted} className="border border-rule bg-sunken p-0">
                        <div className="tabular flex h-12 items-center justify-end px-2.5 font-mono text-sm text-ink-3">
                          <span className="sr-only">right answer: </span>0
                        </div>
                      </td>
                    );
                  }
                  const key = cellKey(row, column);
                  const text = draft.cells[row]?.[column] ?? '';
                  const before = active?.matrix[row]?.[column];
                  const now = check.costs?.matrix[row]?.[column] ?? Number(text.replace(',', '.'));
                  const changed = before !== undefined && now !== before;
                  const error = check.errors.get(key);
                  return (
                    <td
                      key={predicted}
                      className="relative border border-rule p-0"
                      style={{
                        background: `color-mix(in oklab, var(--accent) ${Number.isFinite(now) ? Math.min(20, (now / most) * 20) : 0}%, var(--surface))`,
                      }}
                    >
                      <input
                        ref={(element) => {
                          if (element) inputs.current.set(key, element);
                          else inputs.current.delete(key);
                        }}
                        inputMode="decimal"
                        autoComplete="off"
                        aria-label={`Cost when ${cellWords(row, column)}`}
                        aria-invalid={error ? true : undefined}
                        aria-describedby={error ? `${id}-error` : `${id}-note`}
                        value={text}
                        onChange={(event) => props.onChange(withCell(draft, row, column, event.target.value))}
                        onFocus={(event) => {
                          setFocused({ row, column });
                          event.target.select();
                        }}
                        onBlur={() => setFocused(null)}
                        onKeyDown={(event) => onKeyDown(event, { row, column })}
                        className={cn(
                          'tabular h-12 w-full bg-transparent px-2.5 text-right font-mono text-sm focus-visible:-outline-offset-2',
                          changed && 'pb-4 font-semibold',
                          error && 'outline-2 -outline-offset-2 outline-bad',
                        )}
                      />
                      {changed ? (
                        <>
                          <span
                            aria-hidden="true"
                            className="pointer-events-none absolute top-0 left-0 border-t-8 border-r-8 border-t-accent border-r-transparent"
                          />
                          <span className="tabular pointer-events-none absolute right-2.5 bottom-1 text-2xs text-ink-2">
                            was {before}
                          </span>
                        </>
                      ) : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-3 flex items-start gap-4 pl-8">
        <label className="flex items-center gap-3 text-sm font-medium whitespace-nowrap">
          Second reading
          <input
            inputMode="decimal"
            autoComplete="off"
            aria-label="Cost of a second reading"
            aria-invalid={check.errors.has('referral') ? true : undefined}
            aria-describedby={check.errors.has('referral') ? `${id}-error` : `${id}-note`}
            value={draft.referralCost}
            onChange={(event) => props.onChange({ ...draft, referralCost: event.target.value })}
            onFocus={(event) => event.target.select()}
            className="tabular h-8 w-24 rounded-md border border-edge/80 bg-surface px-2.5 text-right font-mono text-sm aria-invalid:border-bad"
          />
        </label>
        <p className="tabular pt-1.5 text-xs text-ink-3">
          {active && draft.referralCost.trim().replace(',', '.') !== String(active.referralCost)
            ? `was ${active.referralCost}. `
            : ''}
          A field is referred when every answer is expected to cost more than this.
        </p>
      </div>
      <p
        id={check.errors.size > 0 ? `${id}-error` : `${id}-note`}
        role={check.errors.size > 0 ? 'alert' : undefined}
        className={cn('mt-2 min-h-5 pl-8 text-sm', check.errors.size > 0 ? 'text-bad' : 'text-ink-2')}
      >
        {firstError ??
          (focused ? sentence(focused, draft, active) : 'Rows are the truth, columns the answer given.')}
      </p>
    </div>
  );
}

function sentence(cell: Cell, draft: CostDraft, active: Costs | null): string {
  const cost = draft.cells[cell.row]?.[cell.column] ?? '';
  const before = active?.matrix[cell.row]?.[cell.column];
  const words = cellWords(cell.row, cell.column);
  const start = `${words.charAt(0).toUpperCase()}${words.slice(1)}: costs ${cost}`;
  return before === undefined || String(before) === cost
    ? `${start}.`
    : `${start}, ${before} in the active matrix.`;
}
