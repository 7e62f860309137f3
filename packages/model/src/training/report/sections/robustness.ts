import type { ModelEvidence } from '../../../evidence/index.ts';
import { robustnessTable } from '../../../robustness/index.ts';

/** How the model does where stain, light, focus or file are worse. */
export const robustnessSection = ({ robustness: { n, groups, rows } }: ModelEvidence): string =>
  `${n} fields of ${groups} groups, changed before the model saw them. Fields whose white cells were removed show no stage: there
accuracy is how often the background gave it away, and what counts is the share left to a reader.

${robustnessTable(rows)}`;
