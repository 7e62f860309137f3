import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Manifest } from '../../artifact/index.ts';
import { FEATURE_COUNT, FEATURES } from '../../classical/index.ts';
import { cost, percent, table } from '../report/markdown.ts';
import { confusionTable } from '../report/sections/confusion.ts';
import { countsTable, splitSentence } from '../report/sections/data.ts';
import { type ClassicalRecord, parseClassicalRecord } from './record.ts';

const COPY_NAMES: Readonly<Record<keyof ClassicalRecord['test'], string>> = {
  plain: 'as they are',
  recoloured: "another stage's colours",
  grey: 'without colour',
  'cells-only': 'cells only',
  'cell-less': 'white cells painted over',
};

function treesSentence(fit: Extract<ClassicalRecord['fit'], { kind: 'xgboost' }>): string {
  const [chosen] = fit.search;
  const settings = chosen
    ? `Depth ${chosen.depth}, learning rate ${chosen.rate} and subsample ${chosen.subsample} had the
lowest loss of ${fit.search.length} points by ${fit.folds}-fold cross-validation with whole groups in each fold.`
    : "The settings are the study's: there were too few groups to search others.";
  const rows = fit.search.map(({ depth, rate, subsample, rounds, loss, accuracy }) => [
    ...[depth, rate, subsample, rounds],
    loss.toFixed(4),
    percent(accuracy),
  ]);
  const columns = [
    'depth',
    'learning rate',
    'subsample',
    'rounds',
    'held-out loss',
    'held-out fields named right',
  ];
  const sentence = `Boosted trees in XGBoost's formulation (second order, softmax). ${settings} ${fit.best} rounds of one tree a stage were kept
of ${fit.history.length}, stopped early on the validation side; ${fit.nodes} nodes. Curves: \`history.svg\`.`;
  return chosen ? `${sentence}\n\n${table(columns, rows)}` : sentence;
}

function fitSentence(fit: ClassicalRecord['fit']): string {
  if (fit.kind === 'xgboost') return treesSentence(fit);
  const [chosen] = fit.search;
  const rows = fit.search
    .slice(0, 5)
    .map(({ sigma, c, accuracy }) => [sigma.toPrecision(3), c.toPrecision(3), percent(accuracy)]);
  return `A support vector machine with radial kernel, one against one. Sigma ${chosen?.sigma.toPrecision(3)} and C ${chosen?.c.toPrecision(3)} were the best
of ${fit.search.length} points by ${fit.folds}-fold cross-validation with whole groups in each fold; ${fit.supportVectors} support vectors.

${table(['sigma', 'C', 'held-out fields named right'], rows)}`;
}

function resultsTable({ test }: ClassicalRecord): string {
  const kinds = Object.entries(test) as [keyof ClassicalRecord['test'], ClassicalRecord['test']['plain']][];
  const between = (
    { value, lower, upper }: ClassicalRecord['test']['plain']['accuracy'],
    write: (x: number) => string,
  ): string => `${write(value)} (${write(lower)} to ${write(upper)})`;
  return table(
    ['test side', 'accuracy', 'cost per 518 fields', 'malignant called Benign', 'left to a reader'],
    kinds.map(([kind, scores]) => [
      COPY_NAMES[kind],
      between(scores.accuracy, percent),
      between(scores.averageCost, (x) => cost(x * 518)),
      between(scores.malignantToBenignRate, percent),
      between(scores.deferredShare, percent),
    ]),
  );
}

/** The card of a classical model in Markdown. @throws DomainError INTERNAL naming the first field that the record lacks. */
export function classicalCard(
  { name, digest, preprocessing }: Pick<Manifest, 'name' | 'digest' | 'preprocessing'>,
  record: unknown,
): string {
  const run = parseClassicalRecord(record);
  const { data, calibration, config, test } = run;
  const seconds = Object.entries(run.seconds).map(([phase, s]) => `${phase} ${Math.round(s)} s`);
  return `# Model card: ${name}

**${RESEARCH_NOTICE[0]?.toUpperCase()}${RESEARCH_NOTICE.slice(1)}.** Generated from the record of the training run; do not edit.

Model digest \`${digest}\`.

## What it does

A classical baseline. Reads ${FEATURE_COUNT} hand-made features of one field of a peripheral blood smear (preprocessing \`${preprocessing}\`,
measured at 150 x 150) and gives the probabilities of four maturity stages of acute lymphoblastic leukemia: ${MATURITY_STAGES.join(', ')}.
It looks at no single cell, draws no mask of its own (masks and cell counts beside its answers are those of the stain
method) and explains nothing. Most of the features are of colour and light, which differ between stages for reasons that
have nothing to do with cells. Not meant for serving.

## Data

${data.about}

${splitSentence(data)} Data digest \`${data.hash}\`.

${countsTable(data)}

## Training

${fitSentence(run.fit)}

Class weights n / (K n_c); seed ${config.seed}; ${run.parameters} learned numbers. Time: ${seconds.join(', ')}.

Calibrated on the unweighted validation side: temperature ${calibration.temperature.toFixed(3)}; negative log likelihood
${calibration.nllBefore.toFixed(4)} before, ${calibration.nllAfter.toFixed(4)} after.

## Results on the test side

Training side: ${percent(run.trainAccuracy)} named right. Test side: ${test.plain.n} fields of ${test.plain.groups} groups; 95 % intervals by resampling groups; costs by
the matrix of the run.

${resultsTable(run)}

Fields whose white cells were painted over show no stage: there accuracy is how often the background gave it away.

As they are, rows actual, columns predicted; expected calibration error ${test.plain.ece.toFixed(4)}:

${confusionTable(test.plain.confusion)}

## Features

${table(
  ['feature', 'what it measures'],
  FEATURES.map((feature) => [feature.name, feature.about]),
)}

## Limits

Known only on the data named above: expect worse on other stains, microscopes and hospitals. Whoever looks at the second
row of the results sees what its accuracy rests on. The cost matrix of the study is unvalidated.
`;
}
