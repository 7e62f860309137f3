import { DomainError, MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import { PREPROCESSING_VERSION } from '../../images/index.ts';
import { type CopyScores, type RunRecord, runRecordSchema } from './run-record.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const cost = (value: number) => value.toFixed(value < 10 ? 2 : 0);
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function countsTable({ data }: RunRecord): string {
  const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return table(
    ['side', ...MATURITY_STAGES, 'fields'],
    (['train', 'validation', 'calibration', 'test'] as const).map((side) => [
      side,
      ...data[side],
      total(data[side]),
    ]),
  );
}

function testTable({ test }: RunRecord): string {
  const { accuracyInterval: a, totalCostInterval: c } = test;
  return table(
    ['figure', 'value', '95 % interval'],
    [
      [
        'accuracy (most probable stage)',
        percent(test.accuracy),
        `${percent(a.lower)} to ${percent(a.upper)}`,
      ],
      ['total cost (most probable stage)', cost(test.totalCost), `${cost(c.lower)} to ${cost(c.upper)}`],
      ['total cost (lowest expected cost)', cost(test.minimumRiskCost), ''],
      ['cost per field', cost(test.averageCost), ''],
      ['cost per 518 fields (the test side of the published study)', cost(test.averageCost * 518), ''],
      ['macro F1', test.macroF1.toFixed(4), ''],
      ['malignant fields called Benign', percent(test.malignantToBenignRate), ''],
      ['expected calibration error', test.ece.toFixed(4), ''],
      ['negative log likelihood', test.nll.toFixed(4), ''],
      ['found not assessable', test.notAssessable, ''],
      ['mask Dice against the weak labels', test.dice.toFixed(3), ''],
      ['mask IoU against the weak labels', test.iou.toFixed(3), ''],
    ],
  );
}

function counterfactualTable({ test }: RunRecord): string {
  const { recoloured, grey, 'cells-only': only } = test.counterfactual;
  const rows = [
    ['plain', test.accuracy, test.totalCost] as const,
    ['recoloured', recoloured.accuracy, recoloured.totalCost] as const,
    ['grey', grey.accuracy, grey.totalCost] as const,
    ['cells only', only.accuracy, only.totalCost] as const,
  ];
  return table(
    ['copy of the test side', 'accuracy', 'total cost'],
    rows.map(([name, accuracy, total]) => [name, percent(accuracy), cost(total)]),
  );
}

const COPY_NAMES = {
  plain: 'as they are',
  recoloured: "another stage's colours",
  grey: 'without colour',
  'cells-only': 'cells only',
  'cell-less': 'white cells painted over',
} as const;

/** The pooled figures over the folds, or that there are none. */
function outOfFoldSection({ outOfFold, data }: RunRecord): string {
  if (!outOfFold) return 'The run was asked for no folds.';
  const between = ({ value, lower, upper }: CopyScores['accuracy'], write: (x: number) => string) =>
    `${write(value)} (${write(lower)} to ${write(upper)})`;
  const per518 = (x: number) => cost(x * 518);
  const rows = Object.entries(outOfFold.copies).map(([kind, c]) => [
    COPY_NAMES[kind as keyof typeof COPY_NAMES],
    kind === 'cell-less' ? '' : between(c.accuracy, percent),
    kind === 'cell-less' ? '' : between(c.averageCost, per518),
    kind === 'cell-less' ? '' : between(c.malignantToBenignRate, percent),
    between(c.deferredShare, percent),
  ]);
  const { n, groups, confusion } = outOfFold.copies.plain;
  const { reliability, coverage } = outOfFold;
  const fit = ({ ece, brier, nll }: typeof reliability.before) => [ece, brier, nll].map((x) => x.toFixed(4));
  return `All ${n} fields of ${groups} groups, each judged by the one of ${outOfFold.folds} trainings that saw none of its group, calibrated on
groups of its own; 95 % intervals by resampling groups. The masks were learned once, from the training side and without stages.
${data.strategy === 'random' ? 'The folds keep groups together although the split above does not.' : ''}

${table(['fields', 'accuracy', 'cost per 518 fields', 'malignant called Benign', 'left to a reader'], rows)}

As they are, rows actual, columns predicted:

${confusionTable(confusion)}

How well the probabilities fit (plot: \`reliability.svg\`):

${table(
  ['as they are', 'expected calibration error', 'Brier score', 'negative log likelihood'],
  [
    ['before calibration', ...fit(reliability.before)],
    ['after', ...fit(reliability.after)],
  ],
)}

Prediction sets (class-conditional conformal, cut on fields used for nothing else) hold the true stage; ${percent(coverage.singletons)} of
them name one stage only. Their coverage assumes that a new field is exchangeable with those of the calibration side: the
same slides, stain and camera, in any order. Intervals count fields as independent, which flatters them.

${table(
  ['stage', 'fields', 'covered', '95 % interval'],
  coverage.perStage.map((s) => [
    s.stage,
    s.n,
    percent(s.share),
    `${percent(s.lower)} to ${percent(s.upper)}`,
  ]),
)}`;
}

const confusionTable = (confusion: readonly (readonly number[])[]): string =>
  table(
    ['', ...MATURITY_STAGES],
    MATURITY_STAGES.map((stage, i) => [stage, ...(confusion[i] ?? [])]),
  );

function splitSentence({ strategy, groups }: RunRecord['data']): string {
  if (strategy === 'random') {
    return 'Split at random, as published: near-duplicates and neighbours may lie on both sides, which flatters every figure below.';
  }
  return `The split (${strategy}) keeps near-duplicates and fields of like look on one side (${groups} groups); which slide a field comes from is not known.`;
}

/** A figure that is no number would be printed as one: refuse it by its name. */
function checked(record: unknown): RunRecord {
  const parsed = runRecordSchema.safeParse(record);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  throw new DomainError('INTERNAL', `The model card cannot be written: the run record lacks ${where}.`);
}

/**
 * The model card in Markdown, from the run's own figures.
 *
 * @throws DomainError INTERNAL naming the first field that the record lacks.
 */
export function modelCard(name: string, digest: string, record: unknown): string {
  const run = checked(record);
  const { config, engine, data, parts, calibration, test } = run;
  const stages = MATURITY_STAGES.join(', ');
  const priors = MATURITY_STAGES.map((s, i) => `${s} ${percent(calibration.prior[i] ?? 0)}`).join(', ');
  const biases = calibration.bias.map((b) => b.toFixed(3)).join(', ');
  const seconds = Object.entries(run.seconds).map(([phase, s]) => `${phase} ${Math.round(s)} s`);
  return `# Model card: ${name}

**${RESEARCH_NOTICE[0]?.toUpperCase()}${RESEARCH_NOTICE.slice(1)}.** Generated by the training run from its own record; do not edit.

Model digest \`${digest}\`.

## What it does

Reads one field of a peripheral blood smear (224 x 224 pixels after the preprocessing \`${PREPROCESSING_VERSION}\`) and
gives a mask of its white cells and the probabilities of four maturity stages of acute lymphoblastic leukemia:
${stages}. A ${config.hybrid.backbone} backbone with ImageNet weights reads the field, a U-Net
(${config.hybrid.unetFilters.join('-')}) finds the white cells and their nuclei and reads the field again with everything else hidden; both
feature vectors go to a head of ${config.hybrid.head.join(' -> ')}.

Meant for research on decision support with a reader in the loop. Not meant for other stains, single cells, bone
marrow, other diseases, or any use without a reader: none of that was tested.

## Data

${data.about}

${splitSentence(data)} Data digest \`${data.hash}\`.

${countsTable(run)}

The masks were learned from weak labels, made by colour alone; no expert has drawn one.

## Training

Engine ${engine.name}${engine.reasons.length > 0 ? ` (${engine.reasons.join('; ')})` : ''}; seed ${config.seed}. The U-Net ran
${parts.masks.history.length} epochs (best ${parts.masks.bestEpoch}), the backbone above ${config.hybrid.tap} and the head
${parts.stages.history.length} (best ${parts.stages.bestEpoch}), class weights n / (K n_c), on cached views:
${config.stages.views.map((v) => `${v.kind} x ${v.copies} (share ${v.share})`).join(', ')}. Time: ${seconds.join(', ')}.

Calibrated on the unweighted validation side: temperature ${calibration.temperature.toFixed(3)}, biases ${biases};
negative log likelihood ${calibration.nllBefore.toFixed(4)} before, ${calibration.nllAfter.toFixed(4)} after. The
probabilities assume these shares of the stages: ${priors}. Where they differ, correct the prior.

## Results on the test side

${test.n} fields of ${test.groups} groups; intervals by resampling groups; costs by the matrix of the run.

${testTable(run)}

Rows actual, columns predicted:

${confusionTable(test.confusion)}

## Out of fold

${outOfFoldSection(run)}

## Where the background lies

Where stages were photographed differently, the colour of the background alone names the stage, and plain accuracy
proves little. The same test fields with another stage's colours, without colour, and with everything but the cells hidden:

${counterfactualTable(run)}

Of the copies whose white cells were painted over, ${percent(test.counterfactual.cellLessNotAssessable)} were found not assessable.

## Limits

Known only on the data named above: expect worse on other stains, microscopes and hospitals. Stages are judged on cells of one
field, while diagnosis rests on the patient. The cost matrix of the study is unvalidated.
`;
}
