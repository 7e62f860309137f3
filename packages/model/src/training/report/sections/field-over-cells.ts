import type { ModelEvidence } from '../../../evidence/index.ts';
import { between, percent, table } from '../markdown.ts';

const points = (share: number): string => (100 * share).toFixed(1);

/** Whether the stage is read from the field or from its single cells. */
export function fieldOverCellsSection({ fieldOverCells: found }: ModelEvidence): string {
  if (!found) return 'Not measured: no field shows a white cell.';
  const { n, groups, cells, accuracy, gain } = found;
  return `${n} fields of ${groups} groups; ${between(cells, (x) => x.toFixed(1))} white cells a field, found by their stain.

${table(
  ['the stage is named from', 'accuracy', 'the field adds, in points'],
  [
    ['the field as it is', between(accuracy.fields, percent), ''],
    [
      'the field, its white cells in exchanged places',
      between(accuracy.shuffled, percent),
      between(gain.shuffled, points),
    ],
    [
      'its white cells one by one, each alone on grey, their logits averaged',
      between(accuracy.alone, percent),
      between(gain.alone, points),
    ],
  ],
)}

In exchanged places only the neighbourhood of the cells is lost; one by one, all that is no white cell is lost as well: how many there
are, how they lie, the red cells between them. Where the field adds nothing, the stage is read from the cells. In training the model
never saw a single cell cut out, which is further from what it learned from than any field: what the field adds over single cells
is an upper bound (decision 13).`;
}
