'use client';

import type { KeyboardEvent, Ref } from 'react';
import { cn } from '../cn.ts';
import { CostSlider } from './cost-slider.tsx';
import { costTint } from './cost-tint.ts';
import { cellWords } from './draft.ts';
import type { SliderScale } from './slider-scale.ts';

/** A right answer: it costs nothing and cannot be changed. */
export function RightAnswerCell() {
  return (
    <td className="border border-rule bg-sunken p-0">
      <div className="tabular flex h-12 items-center justify-end px-2.5 font-mono text-sm text-ink-3">
        <span className="sr-only">right answer: </span>0
      </div>
    </td>
  );
}

/** The cost of one error. `before` is the figure in force, where it differs. */
export function MatrixCell(props: {
  ref: Ref<HTMLInputElement>;
  row: number;
  column: number;
  text: string;
  before: number | null;
  share: number;
  invalid: boolean;
  describedBy: string;
  /** Null: no slider. */
  slider: SliderScale | null;
  onChange: (text: string) => void;
  onFocus: () => void;
  onBlur: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}) {
  return (
    <td className="border border-rule p-0" style={costTint(props.share)}>
      <div className="relative">
        <input
          ref={props.ref}
          inputMode="decimal"
          autoComplete="off"
          aria-label={`Cost when ${cellWords(props.row, props.column)}`}
          aria-invalid={props.invalid ? true : undefined}
          aria-describedby={props.describedBy}
          value={props.text}
          onChange={(event) => props.onChange(event.target.value)}
          onFocus={(event) => {
            event.target.select();
            props.onFocus();
          }}
          onBlur={props.onBlur}
          onKeyDown={props.onKeyDown}
          className={cn(
            'tabular h-12 w-full bg-transparent px-2.5 text-right font-mono text-sm focus-visible:-outline-offset-2',
            props.before !== null && 'pb-4 font-semibold',
            props.invalid && 'outline-2 -outline-offset-2 outline-bad',
          )}
        />
        {props.before === null ? null : (
          <>
            <span
              aria-hidden="true"
              className="pointer-events-none absolute top-0 left-0 border-t-8 border-r-8 border-t-accent border-r-transparent"
            />
            <span className="tabular pointer-events-none absolute right-2.5 bottom-1 text-2xs text-ink-2">
              was {props.before}
            </span>
          </>
        )}
      </div>
      {props.slider ? (
        <CostSlider
          words={cellWords(props.row, props.column)}
          text={props.text}
          scale={props.slider}
          onChange={props.onChange}
          className="mx-2.5 mb-1.5 w-[calc(100%-1.25rem)]"
        />
      ) : null}
    </td>
  );
}
