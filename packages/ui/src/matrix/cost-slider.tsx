'use client';

import { cn } from '../cn.ts';
import type { SliderScale } from './slider-scale.ts';

/** Tries out a cost; the number beside it may be any other. `text`: the cost as typed. */
export function CostSlider(props: {
  /** What costs it. */
  words: string;
  text: string;
  scale: SliderScale;
  onChange: (text: string) => void;
  className?: string;
}) {
  const value = Number(props.text.trim().replace(',', '.'));
  return (
    <input
      type="range"
      aria-label={`Try: ${props.words}`}
      min={0}
      max={props.scale.max}
      step={props.scale.step}
      value={Number.isFinite(value) ? value : 0}
      aria-valuetext={props.text}
      onChange={(event) => props.onChange(event.target.value)}
      className={cn('block h-4 accent-accent', props.className)}
    />
  );
}
