import type { ModelFigures } from '@blastwise/model';
import type { Evaluation, IntervalName } from '@blastwise/model/metrics';

export const four = (value: number): string => value.toFixed(4);
export const three = (value: number): string => value.toFixed(3);
export const two = (value: number): string => value.toFixed(2);
export const whole = (value: number): string => value.toFixed(0);
export const known = (value: number | null, write: (value: number) => string): string =>
  value === null ? '-' : write(value);

export const seconds = (value: number): string =>
  value < 120 ? `${whole(value)} s` : `${(value / 60).toFixed(1)} min`;

/** The ends of an interval; null where there is none. */
export const rangeOf = (
  interval: { readonly lower: number; readonly upper: number } | null | undefined,
  write: (value: number) => string,
): string | null => (interval ? `${write(interval.lower)} to ${write(interval.upper)}` : null);

/** A value with its 95 % interval. */
export function between(
  { intervals }: Evaluation,
  name: IntervalName,
  value: number | null,
  write: (value: number) => string,
): string {
  const range = rangeOf(intervals[name], write);
  return known(value, write) + (range === null ? '' : ` (${range})`);
}

/** A model as its rows name it. */
export const named = ({ model, start }: Pick<ModelFigures, 'model' | 'start'>): string =>
  start?.from === 'scratch' ? `${model} (from scratch)` : model;
