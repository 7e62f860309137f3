'use client';

import { CostSlider } from './cost-slider.tsx';
import type { SliderScale } from './slider-scale.ts';

/** What a second reading costs, in the matrix's unit. `active` is the figure in force. */
export function ReferralField(props: {
  text: string;
  active: number | null;
  invalid: boolean;
  describedBy: string;
  /** Null: no slider. */
  slider: SliderScale | null;
  onChange: (text: string) => void;
}) {
  const changed = props.active !== null && props.text.trim().replace(',', '.') !== String(props.active);
  return (
    <div className="mt-3 flex items-start gap-4 pl-8">
      <label className="flex items-center gap-3 text-sm font-medium whitespace-nowrap">
        Second reading
        <input
          inputMode="decimal"
          autoComplete="off"
          aria-label="Cost of a second reading"
          aria-invalid={props.invalid ? true : undefined}
          aria-describedby={props.describedBy}
          value={props.text}
          onChange={(event) => props.onChange(event.target.value)}
          onFocus={(event) => event.target.select()}
          className="tabular h-8 w-24 rounded-md border border-edge bg-surface px-2.5 text-right font-mono text-sm aria-invalid:border-bad"
        />
      </label>
      {props.slider ? (
        <CostSlider
          words="a second reading"
          text={props.text}
          scale={props.slider}
          onChange={props.onChange}
          className="mt-2 w-32 shrink-0"
        />
      ) : null}
      <p className="tabular pt-1.5 text-xs text-ink-3">
        {changed ? `was ${props.active}. ` : ''}A field is deferred when every answer is expected to cost more
        than this.
      </p>
    </div>
  );
}
