import type { ModelEvidence } from '../../../evidence/index.ts';
import { between, percent, table, three } from '../markdown.ts';

const NONE = 'no field gave a value';

/** Whether the heatmaps show the model, and where they lie. */
export function explanationSection({ explanation }: ModelEvidence): string {
  const { n, groups, randomisation, energy } = explanation;
  const row = (name: string, found: typeof energy.onCells, write: (value: number) => string) => [
    name,
    between(found, write, NONE),
    found?.n ?? 0,
  ];
  return `The heat of the named stage, ${n} fields of ${groups} groups. Heat that shows the model and not the image changes when weights are
shuffled (a rank correlation near 0); heat without aim would have as much of itself on white cells as they cover of the field.

A correlation below 0 says that places hot for the model tend to be cold once weights are shuffled: its heat is not kept, but what
the two have in common, either way, comes from the image and from layers that were not shuffled. Where fewer than ${n} fields gave
one, the heat of the others was the same everywhere, as it is after shuffling where nothing speaks for the named stage any more.

The heat is made of 7 x 7 places of 32 px, each larger than a cell (about 25 px), and heat that a cell alone causes falls in part beside it:
the share on white cells is a floor.

${table(
  ['figure', 'mean', 'fields'],
  [
    row('rank correlation, head shuffled', randomisation.head, three),
    row('rank correlation, all that was tuned shuffled', randomisation.upper, three),
    row('share of the heat on white cells', energy.onCells, percent),
    row('share of the field that is white cells', energy.cellArea, percent),
  ],
)}`;
}
