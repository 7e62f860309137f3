import { CircleHelp, CircleSlash2, Split } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WorklistRow } from './use-worklist.ts';

type Finding = WorklistRow['findings'][number];

export const FINDING_SIGNS: Readonly<Record<Finding, { icon: ReactNode; words: string }>> = {
  'several-stages': { icon: <Split />, words: 'More than one stage cannot be ruled out' },
  'out-of-distribution': { icon: <CircleHelp />, words: 'Unlike the smears the model learned from' },
  'not-assessable': { icon: <CircleSlash2 />, words: 'A field is not assessable' },
};

/** What the network says against relying on its stage, as signs with words for the pointer and the screen reader. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <span className="flex items-center gap-1.5 text-warn [&_svg]:size-3.5">
      {findings.map((finding) => (
        <span key={finding} title={FINDING_SIGNS[finding].words} className="relative">
          <span aria-hidden="true">{FINDING_SIGNS[finding].icon}</span>
          <span className="sr-only">{FINDING_SIGNS[finding].words}.</span>
        </span>
      ))}
    </span>
  );
}
