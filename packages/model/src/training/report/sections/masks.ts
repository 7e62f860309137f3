import { MASK_METHODS, type MaskMethod, type ModelEvidence } from '../../../evidence/index.ts';
import { between, percent, table, three } from '../markdown.ts';

type Masks = ModelEvidence['masks'];

const METHOD_NAMES: Readonly<Record<MaskMethod, string>> = {
  hsv: 'published HSV band',
  stain: 'stain, adaptive',
  unet: 'U-Net of this model',
};

/** Who looks at a picture while choosing a rule may choose a rule for that picture. */
const chosenOn = (pictures: string, decisions: string): string =>
  `The rules by which colour corrects the masks of the U-Net were chosen on some of these ${pictures} (${decisions}): for it, they are not
all unseen.`;

type Agreement = NonNullable<Masks['hand']>['sets'][number]['methods'][MaskMethod]['cell'];

/** Dice, IoU and failures. */
const agreed = (agreement: Agreement | null): (string | number)[] =>
  agreement
    ? [between(agreement.dice, three), three(agreement.iou.mean), agreement.failures]
    : ['-', '-', '-'];

function handMasks(hand: Masks['hand']): string {
  if (!hand) return 'Not measured: no wbc-segmentation set was given.';
  const rows = hand.sets.flatMap(({ set, n, methods }) =>
    MASK_METHODS.map((method) => {
      const { cell, nucleus } = methods[method];
      return [set, n, METHOD_NAMES[method], ...agreed(cell), ...agreed(nucleus)];
    }),
  );
  const measures = ['cell Dice', 'cell IoU', 'failed', 'nucleus Dice', 'nucleus IoU', 'failed'];
  return `${hand.n} pictures of one normal white cell each, its mask drawn by hand (wbc-segmentation). Failed: Dice below one half.
${chosenOn('pictures', 'decisions 15 and 56')}

${table(['set', 'n', 'method', ...measures], rows)}`;
}

function boxes(found: Masks['boxes']): string {
  if (!found) return 'Not measured: no bccd set was given.';
  const rows = MASK_METHODS.map((method) => {
    const { found: n, matched, recall, precision } = found.methods[method];
    return [METHOD_NAMES[method], n, matched, between(recall, percent), between(precision, percent)];
  });
  return `${found.truth} white cells in boxes that a reader drew, on ${found.fields} fields of healthy blood (bccd); right where the boxes overlap by
half (IoU). ${chosenOn('fields', 'decision 15')}

${table(['method', 'found', 'right', 'right, of those drawn', 'right, of those found'], rows)}`;
}

function coverage({ n, groups, stages }: Masks['coverage']): string {
  const rows = stages.flatMap(({ stage, n: fields, methods }) =>
    MASK_METHODS.map((method) => {
      const { empty, cells, cell, nucleus } = methods[method];
      return [
        stage,
        fields,
        METHOD_NAMES[method],
        empty,
        between(cells, (x) => x.toFixed(1)),
        between(cell, percent),
        // The band does not tell nuclei from cells.
        method === 'hsv' ? '-' : between(nucleus, percent),
      ];
    }),
  );
  const head = [
    'stage',
    'fields',
    'method',
    'without a cell',
    'cells a field',
    'white cells cover',
    'nuclei cover',
  ];
  return `What the methods find in ${n} fields of ${groups} groups, whose cells nobody has drawn.

${table(head, rows)}`;
}

/** Agreement of the masks with what people drew, and what they find where nobody drew. */
export const masksSection = ({ masks }: ModelEvidence): string => `### Masks drawn by hand

${handMasks(masks.hand)}

### White cells in boxes

${boxes(masks.boxes)}

### Coverage of the stages

${coverage(masks.coverage)}`;
