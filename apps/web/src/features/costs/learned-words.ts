import { costText } from '@blastwise/ui';
import type { DraftStart, LearnedCell, LearnedCosts } from './types.ts';

type Counts = LearnedCosts['counts'];
type LeftOut = keyof Counts['leftOut'];

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const judgementsOn = (judgements: number, fields: number): string =>
  `${counted(judgements, 'judgement', 'judgements')} on ${counted(fields, 'field', 'fields')}`;

const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  'other-stage': 'named another stage than the settled one',
  'not-assessable': 'could not assess the field',
  'no-result': 'saw no result',
  deferred: 'saw a deferred field, of which no severity is asked',
  'no-answer': 'saw a field that the model did not assess',
};
const REASONS: readonly LeftOut[] = ['other-stage', 'not-assessable', 'no-result', 'deferred', 'no-answer'];

/** Which readings of settled fields count, and why others do not; only what there is. */
export function countLines({ used, fields, skipped, leftOut }: Counts): string[] {
  return [
    ...(used > 0 ? [`${judgementsOn(used, fields)} ${used === 1 ? 'counts' : 'count'}.`] : []),
    ...(skipped > 0
      ? [
          `Not counted: ${counted(skipped, 'reading', 'readings')} agreed with the decision, so there was no error.`,
        ]
      : []),
    ...REASONS.filter((why) => leftOut[why] > 0).map(
      (why) => `Not counted: ${counted(leftOut[why], 'reading', 'readings')} ${LEFT_OUT_WORDS[why]}.`,
    ),
  ];
}

/** "heads for 13.3 (9.84 to 16.8)" */
export const posteriorText = ({ posterior, interval }: LearnedCell): string =>
  `heads for ${costText(posterior)} (${costText(interval.lower)} to ${costText(interval.upper)})`;

/** "2 judgements on 1 field, weight 1.00", or that nothing is known. */
export const evidenceText = ({ evidence, judgements, fields }: LearnedCell): string =>
  evidence === 0 ? 'no evidence: kept' : `${judgementsOn(judgements, fields)}, weight ${costText(evidence)}`;

export const changesAnything = ({ cells }: LearnedCosts): boolean =>
  cells.some(({ active, proposed }) => active !== proposed);

/** The proposal as a draft that says where it comes from; still true where its costs are changed by hand. */
export function draftFrom({ active, costs, counts }: LearnedCosts): DraftStart {
  return {
    activeId: active.id,
    costs,
    name: 'From readers\u2019 judgements',
    reason: `Starts from costs computed from ${judgementsOn(counts.used, counts.fields)}, one step from version ${active.version}.`,
  };
}
