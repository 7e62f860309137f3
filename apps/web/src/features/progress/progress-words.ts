import type { Course, Figure, Progress } from './types.ts';

/** How a figure is written. */
export type Unit = (value: number) => string;

export const costUnit: Unit = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
export const shareUnit: Unit = (value) => `${(value * 100).toFixed(1)} %`;

/** "120 (80.5 to 163)", or that there are too few cases. */
export const figureText = (figure: Figure | null, unit: Unit): string =>
  figure ? `${unit(figure.mean)} (${unit(figure.lower)} to ${unit(figure.upper)})` : 'too few cases';

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What the figures rest on, and whether that is enough. */
export function sampleText({ cases, fields }: Course, of: string, leastCases: number): string {
  const sample = `${counted(cases, 'case', 'cases')} ${of}, ${counted(fields, 'field', 'fields')}`;
  return cases < leastCases
    ? `Too few: ${sample}; a figure needs at least ${leastCases} cases.`
    : `${sample}.`;
}

/** How often seeing the AI changed the mind of who had read without it. */
export function flipsText({ readAgain, flipped }: Progress['flips']): string {
  if (readAgain === 0) return 'No blind reading was repeated with the AI shown.';
  return `${flipped} of ${counted(readAgain, 'blind reading', 'blind readings')} changed when repeated with the AI shown.`;
}
