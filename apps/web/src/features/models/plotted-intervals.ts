import type { PlottedInterval } from './interval-plot.tsx';
import type { Judgement } from './types.ts';
import { signed } from './words.ts';

const points = (value: number): string => `${signed(value)} points`;

/**
 * The two intervals that a verdict hangs on: of the cost, on the set that decided, against no difference; and of the rise
 * of malignant fields called Benign, on the locked set whichever decided, against the margin.
 */
export function plottedIntervals({ decidedOn, locked, reserved }: Judgement): PlottedInterval[] {
  const { costDifference } = (decidedOn === 'reserved' && reserved) || locked;
  const { champion, challenger, upper, margin } = locked.malignantToBenign;
  const { mean, lower } = costDifference;
  return [
    {
      title: `Cost per field, challenger minus champion${decidedOn === 'reserved' ? ', reserved cases' : ''}`,
      ...{ value: mean, lower, upper: costDifference.upper },
      ...{ limit: 0, limitName: 'no difference', format: signed },
    },
    ...(champion === null || challenger === null
      ? []
      : [
          {
            title: 'Rise of malignant fields called Benign, one-sided 95 %',
            ...{ value: 100 * (challenger - champion), lower: null, upper: 100 * upper },
            ...{ limit: 100 * margin, limitName: 'allowed', format: points },
          },
        ]),
  ];
}
