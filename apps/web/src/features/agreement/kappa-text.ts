/** Two digits with a real minus. */
const digits = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '\u2212');

export const kappaText = (kappa: number | null): string => (kappa === null ? 'not defined' : digits(kappa));

export const intervalText = (interval: { lower: number; upper: number } | null): string =>
  interval ? `${digits(interval.lower)} to ${digits(interval.upper)}` : 'too few cases';
