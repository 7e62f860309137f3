import { cn } from '@blastwise/ui';
import type { ReactNode } from 'react';
import { AdjudicationSign } from '../shared/index.ts';
import { FINDING_SIGNS } from './findings.tsx';
import { SIGN_OFF_SIGNS } from './signed-off.tsx';
import { UNSETTLED_WORDS } from './unsettled.tsx';

/** Every sign of the worklist with its words, for who has no pointer to rest on it. */
export function WorklistSigns() {
  return (
    <ul>
      {Object.values(FINDING_SIGNS).map(({ icon, words }) => (
        <Line key={words} sign={icon} color="text-warn" words={words} />
      ))}
      <Line sign={<AdjudicationSign status="open" />} words={UNSETTLED_WORDS.open} />
      <Line sign={<AdjudicationSign status="disputed" />} words={UNSETTLED_WORDS.disputed} />
      {Object.values(SIGN_OFF_SIGNS).map(({ icon, color, words }) => (
        <Line key={words} sign={icon} color={color} words={words} />
      ))}
    </ul>
  );
}

function Line(props: { sign: ReactNode; color?: string; words: string }) {
  return (
    <li className="flex min-h-7 items-center gap-3">
      <span aria-hidden="true" className={cn('shrink-0 [&_svg]:size-3.5', props.color)}>
        {props.sign}
      </span>
      {props.words}
    </li>
  );
}
