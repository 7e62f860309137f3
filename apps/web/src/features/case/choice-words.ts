import type { ChoiceAnswer } from '@blastwise/contracts';
import { percent } from '@blastwise/ui';
import type { CaseField } from './types.ts';

type Asked = NonNullable<CaseField['choice']>;
type Probabilities = NonNullable<CaseField['result']>['analysis']['probabilities'];

/** "To the model this field is 55.0 % Early and 45.0 % Benign.", the likelier stage first. */
export function doubtText({ first, second }: Asked, probabilities: Probabilities): string {
  const [likely, other] = probabilities[first] >= probabilities[second] ? [first, second] : [second, first];
  return `To the model this field is ${percent(probabilities[likely])} ${likely} and ${percent(probabilities[other])} ${other}.`;
}

/** Each answer as the error that it risks: who would rather take a decision risks that the other stage is true. */
export const answerText = ({ first, second }: Asked): Readonly<Record<ChoiceAnswer, string>> => ({
  first: `Call a truly ${second} field ${first}`,
  second: `Call a truly ${first} field ${second}`,
  'no-preference': 'No preference',
});
