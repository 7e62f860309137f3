import { intervalText, kappaText } from '../agreement/index.ts';
import type { Course, Figure, Progress } from './types.ts';

/** How a figure is written. */
export type Unit = (value: number) => string;

export const costUnit: Unit = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
export const shareUnit: Unit = (value) => `${(value * 100).toFixed(1)} %`;

/** "120 (80.5 to 163)", or that there are too few patients. */
export const figureText = (figure: Figure | null, unit: Unit): string =>
  figure ? `${unit(figure.mean)} (${unit(figure.lower)} to ${unit(figure.upper)})` : 'too few patients';

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What the figures rest on, and whether that is enough. */
export function sampleText({ cases, patients, fields }: Course, of: string, leastPatients: number): string {
  const whose = `${counted(cases, 'case', 'cases')} of ${counted(patients, 'patient', 'patients')}`;
  const sample = `${whose} ${of}, ${counted(fields, 'field', 'fields')}`;
  return patients < leastPatients
    ? `Too few: ${sample}; a figure needs at least ${leastPatients} patients.`
    : `${sample}.`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
export const dayText = (at: string): string => DAY.format(new Date(at));

const lessOrMore = (difference: number): string =>
  `${costUnit(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}`;

const VERDICT_WORDS = {
  better: 'Yes.',
  worse: 'No, it is getting worse.',
  'cannot-tell': 'Nobody can tell yet.',
};

/** The answer to the page's question, in words. */
export function trendText(trend: Progress['trend'], leastPatients: number): string {
  if (!trend) {
    return `${VERDICT_WORDS['cannot-tell']} Each half of the cases read in blind review needs at least ${leastPatients} patients.`;
  }
  const { verdict, since, difference } = trend;
  const [lower, upper] = [lessOrMore(difference.lower), lessOrMore(difference.upper)];
  return `${VERDICT_WORDS[verdict]} The later half of the blind cases, read since ${dayText(since)}, cost ${lessOrMore(difference.mean)} per 100 cases than the earlier half (95 % interval: ${lower} to ${upper}).`;
}

/** How many cases chance drew, and how many of them say something. */
export const drawnText = ({ drawn, read }: Progress['sample']): string =>
  `${counted(drawn, 'case', 'cases')} drawn for blind review, ${read} read.`;

/** How far readers of the same fields agree. */
export function agreementText(agreement: Progress['agreement']): string {
  if (!agreement) return 'No field was read by two readers.';
  const { observed, fields, kappa, interval } = agreement;
  return `Readers agree on ${shareUnit(observed)} of ${counted(fields, 'pair', 'pairs')} of readings; Cohen’s kappa ${kappaText(kappa)} (95 % interval: ${intervalText(interval)}).`;
}

/** How often seeing the AI changed the mind of who had read without it. */
export function flipsText({ readAgain, flipped }: Progress['flips']): string {
  if (readAgain === 0) return 'No blind reading was repeated with the AI shown.';
  return `${flipped} of ${counted(readAgain, 'blind reading', 'blind readings')} changed when repeated with the AI shown.`;
}
