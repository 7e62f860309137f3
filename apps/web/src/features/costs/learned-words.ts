import { stageIndex } from '@blastwise/contracts';
import { costText } from '@blastwise/ui';
import { costsWith } from './taken-cells.ts';
import type { DraftStart, LearnedCell, LearnedCosts, TakenCells } from './types.ts';
import { areDefaults, weightsText } from './weights-text.ts';

type Counts = LearnedCosts['counts'];
type LeftOut = keyof Counts['leftOut'];

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const judgementsOn = (judgements: number, fields: number): string =>
  `${counted(judgements, 'judgement', 'judgements')} on ${counted(fields, 'field', 'fields')}`;

const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  'other-stage': 'named another stage than the settled one',
  'settled-not-assessable': 'saw a field that was settled as not assessable',
  'not-assessable': 'could not assess the field',
  'no-result': 'saw no result',
  deferred: 'saw a deferred field, of which no severity is asked',
  'no-answer': 'saw a field that the model did not assess',
};
const REASONS: readonly LeftOut[] = [
  'settled-not-assessable',
  'other-stage',
  'not-assessable',
  'no-result',
  'deferred',
  'no-answer',
];

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
  evidence === 0
    ? 'no judged error: kept'
    : `${judgementsOn(judgements, fields)}, weight ${costText(evidence)}`;

/** "choices say 11.8 (3.20 to 20.4)" */
export const chosenText = ({ cost, interval }: NonNullable<LearnedCell['chosen']>): string =>
  `choices say ${costText(cost)} (${costText(interval.lower)} to ${costText(interval.upper)})`;

const whole = (share: number): string => `${Math.round(share * 100)} %`;

/** How many choices there are and whether they hang together; nothing without any. */
export function choiceLines({
  answers,
  withoutPreference,
  readers,
  foretold,
}: LearnedCosts['choices']): string[] {
  if (answers === 0) return [];
  const torn = withoutPreference > 0 ? `, ${withoutPreference} of them without preference` : '';
  return [
    `${counted(answers, 'choice', 'choices')} by ${counted(readers, 'reader', 'readers')}${torn}.`,
    // One answer has no others that could foretell it.
    ...(foretold && answers > 1
      ? [
          `The other answers foretell ${foretold.right} of ${foretold.of} rightly: ${whole(foretold.right / foretold.of)} (${whole(foretold.interval.lower)} to ${whole(foretold.interval.upper)}), where a coin has 50 %.`,
        ]
      : []),
    ...((foretold?.interval.lower ?? 0) <= 0.5
      ? ['They are not shown to be better than a coin: give what they say little weight.']
      : []),
  ];
}

export const changesAnything = (learned: LearnedCosts, taken: TakenCells): boolean => {
  const { matrix } = costsWith(learned, taken);
  return learned.cells.some(
    ({ actual, predicted, active }) => matrix[stageIndex(actual)]?.[stageIndex(predicted)] !== active,
  );
};

/** The proposal as a draft that says where it comes from; still true where its costs are changed by hand. */
export function draftFrom(learned: LearnedCosts, taken: TakenCells): DraftStart {
  const { active, counts, choices } = learned;
  const start =
    counts.used > 0
      ? `Starts from costs computed from ${judgementsOn(counts.used, counts.fields)}, one step from version ${active.version}`
      : `Starts from version ${active.version}`;
  const from =
    taken.size > 0
      ? `, with ${counted(taken.size, 'cost', 'costs')} taken from ${counted(choices.answers, 'choice', 'choices')} under doubt`
      : '';
  const weighed = areDefaults(weightsText(learned.weights)) ? '' : ', weighed otherwise than by default';
  return {
    activeId: active.id,
    costs: costsWith(learned, taken),
    name: 'From readers\u2019 judgements',
    reason: `${start}${from}${weighed}.`,
    computed: counts.used > 0 ? { weights: learned.weights, matrix: learned.costs.matrix } : null,
    replaces: null,
  };
}
