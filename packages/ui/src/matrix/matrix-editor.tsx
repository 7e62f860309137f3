'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { STAGES } from '../stages/stages.ts';
import { type CostDraft, type Costs, cellKey, cellWords, checkDraft, withCell } from './draft.ts';
import { type Cell, nextCell } from './grid.ts';
import { MatrixCell, RightAnswerCell } from './matrix-cell.tsx';
import { ColumnHeadings, MatrixCaption, RowHeading } from './matrix-headings.tsx';
import { ReferralField } from './referral-field.tsx';
import { sliderScale } from './slider-scale.ts';

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
  /** With a slider beside every number. */
  sliders?: boolean;
  className?: string;
}) {
  const { draft, active } = props;
  const noteId = useId();
  const inputs = useRef(new Map<string, HTMLInputElement>());
  const [focused, setFocused] = useState<Cell | null>(null);
  const { costs, errors } = checkDraft(draft);
  const most = Math.max(1, ...(costs?.matrix.flat() ?? active?.matrix.flat() ?? []));
  const [firstError] = errors.values();
  // Set once: a slider whose end moved with it could not be set.
  const [scales] = useState(() => ({
    cells: sliderScale([...draft.cells.flat().map(Number), ...(active?.matrix.flat() ?? [])]),
    referral: sliderScale([Number(draft.referralCost), active?.referralCost ?? 0]),
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, cell: Cell) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !leavesText(event.currentTarget, event.key)) return;
    // Enter goes down the column; in the last row it must not send the form.
    if (event.key === 'Enter') event.preventDefault();
    const to = nextCell(cell, event.key, STAGES.length);
    if (!to) return;
    event.preventDefault();
    inputs.current.get(cellKey(to.row, to.column))?.focus();
  };

  const cellAt = (row: number, column: number) => {
    const key = cellKey(row, column);
    const text = draft.cells[row]?.[column] ?? '';
    const now = costs?.matrix[row]?.[column] ?? Number(text.replace(',', '.'));
    const before = active?.matrix[row]?.[column];
    return (
      <MatrixCell
        key={key}
        ref={(element) => {
          if (element) inputs.current.set(key, element);
          else inputs.current.delete(key);
        }}
        row={row}
        column={column}
        text={text}
        before={before === undefined || before === now ? null : before}
        share={now / most}
        invalid={errors.has(key)}
        describedBy={noteId}
        slider={props.sliders ? scales.cells : null}
        onChange={(changed) => props.onChange(withCell(draft, row, column, changed))}
        onFocus={() => setFocused({ row, column })}
        onBlur={() => setFocused(null)}
        onKeyDown={(event) => onKeyDown(event, { row, column })}
      />
    );
  };

  return (
    <div className={props.className}>
      <div className="grid grid-cols-[auto_1fr] gap-x-3">
        <div className="row-span-2 flex items-center pt-14">
          <span className="eyebrow [writing-mode:vertical-rl] rotate-180">Truly (rows)</span>
        </div>
        <span className="eyebrow mb-1 pl-24 text-center">Called (columns)</span>
        <table className="w-full table-fixed border-collapse" aria-describedby={noteId}>
          <MatrixCaption />
          <thead>
            <tr>
              <td className="w-24" />
              <ColumnHeadings className="h-8 text-sm" />
            </tr>
          </thead>
          <tbody>
            {STAGES.map((actual, row) => (
              <tr key={actual}>
                <RowHeading stage={actual} className="px-2 text-sm" />
                {STAGES.map((predicted, column) =>
                  row === column ? <RightAnswerCell key={predicted} /> : cellAt(row, column),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ReferralField
        text={draft.referralCost}
        active={active?.referralCost ?? null}
        invalid={errors.has('referral')}
        describedBy={noteId}
        slider={props.sliders ? scales.referral : null}
        onChange={(referralCost) => props.onChange({ ...draft, referralCost })}
      />
      <p
        id={noteId}
        role={firstError ? 'alert' : undefined}
        className={cn('mt-2 min-h-5 pl-8 text-sm', firstError ? 'text-bad' : 'text-ink-2')}
      >
        {firstError ??
          (focused ? sentence(focused, draft, active) : 'Rows are the truth, columns the answer given.')}
      </p>
    </div>
  );
}

/** "Truly Pro, called Benign: costs 90, 30 in the active matrix." */
function sentence({ row, column }: Cell, draft: CostDraft, active: Costs | null): string {
  const cost = draft.cells[row]?.[column] ?? '';
  const before = active?.matrix[row]?.[column];
  const words = cellWords(row, column);
  const start = `${words.charAt(0).toUpperCase()}${words.slice(1)}: costs ${cost}`;
  return before === undefined || String(before) === cost
    ? `${start}.`
    : `${start}, ${before} in the active matrix.`;
}
