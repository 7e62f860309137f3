import type { RouterOutputs } from '../../trpc/types.ts';

/** Two digits with a real minus. */
const digits = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '\u2212');

export const kappaText = (kappa: number | null): string => (kappa === null ? 'not defined' : digits(kappa));

type Interval = NonNullable<RouterOutputs['reviews']['agreement']['overall']>['interval'];

const UNTOLD: Readonly<Record<Extract<Interval, string>, string>> = {
  'too-few': 'too few patients',
  'too-uniform': 'too uniform to tell',
};

export const intervalText = (interval: Interval): string =>
  typeof interval === 'string' ? UNTOLD[interval] : `${digits(interval.lower)} to ${digits(interval.upper)}`;
