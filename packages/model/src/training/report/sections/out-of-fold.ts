import { cost, percent, table } from '../markdown.ts';
import type { CopyScores, RunRecord } from '../run-record.ts';
import { confusionTable } from './confusion.ts';

const COPY_NAMES = {
  plain: 'as they are',
  recoloured: "another stage's colours",
  grey: 'without colour',
  'cells-only': 'cells only',
  'cell-less': 'white cells painted over',
} as const;

/** The pooled figures over the folds, or that there are none. */
export function outOfFoldSection({ outOfFold, data }: RunRecord): string {
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
Left to a reader are here fields whose probabilities or prediction sets ask for one. As served, a field may also be found not
assessable or unlike what the model learned from: see Robustness.
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
