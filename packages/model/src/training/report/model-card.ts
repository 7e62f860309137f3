import { DomainError, MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Manifest } from '../../artifact/index.ts';
import { type ModelEvidence, parseEvidence } from '../../evidence/index.ts';
import { cost, percent, table } from './markdown.ts';
import { parseRunRecord, type RunRecord } from './run-record.ts';
import { backboneOrigin, taughtPart } from './sections/backbone.ts';
import { confusionTable } from './sections/confusion.ts';
import { countsTable, splitSentence } from './sections/data.ts';
import { explanationSection } from './sections/explanation.ts';
import { fieldOverCellsSection } from './sections/field-over-cells.ts';
import { masksSection } from './sections/masks.ts';
import { noveltySection } from './sections/novelty.ts';
import { outOfFoldSection } from './sections/out-of-fold.ts';
import { robustnessSection } from './sections/robustness.ts';
import { testTable } from './sections/test-side.ts';

/** What the card tells of the model itself. */
export type CardModel = Pick<Manifest, 'name' | 'digest' | 'preprocessing' | 'conformal' | 'ood'>;

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

/** What the model answers beside stages and masks, in words. */
function answersSentence({ conformal, ood }: CardModel): string {
  const sets = conformal
    ? 'It also names the stages that cannot be ruled out'
    : 'It gives no set of stages that cannot be ruled out';
  const novelty = ood
    ? 'flags images unlike those that it learned from'
    : 'does not flag images unlike those that it learned from';
  return `${sets}${Boolean(conformal) === Boolean(ood) ? ' and ' : ', but '}${novelty}.`;
}

/** What the evidence was measured on. */
function evidenceSentence({ side, seed, masks, novelty }: ModelEvidence): string {
  const foreign = masks.hand ?? masks.boxes ?? novelty?.pbc;
  const { name, fields, groups, learnedFrom } = side;
  const learned =
    learnedFrom === null
      ? ' Whether the model learned from some of them is not known.'
      : learnedFrom > 0
        ? ` **The model learned from ${learnedFrom} of them, which flatters the figures.**`
        : '';
  return `Measured on the finished model as it serves: ${fields} fields of ${groups} groups, the ${name} side${foreign ? ', and images of other sources' : ''}.${learned}
Large sets are sampled (seed ${seed}); every table says how many. In brackets: 95 % intervals by resampling groups${foreign ? '; images\nof other sources count as independent' : ''}.`;
}

/**
 * The model card in Markdown, from the record of the run and the evidence measured on the model.
 *
 * @throws DomainError INTERNAL naming the first field that either lacks; CONFLICT for evidence of another model.
 */
export function modelCard(model: CardModel, record: unknown, measured: unknown): string {
  const run = parseRunRecord(record);
  const evidence = parseEvidence(measured);
  const { name, digest } = model;
  if (evidence.modelDigest !== digest)
    throw new DomainError('CONFLICT', 'The evidence was measured on another model.');
  const { config, engine, data, parts, calibration, test } = run;
  const nuclei = config.hybrid.maskChannels === 2;
  const stages = MATURITY_STAGES.join(', ');
  const priors = MATURITY_STAGES.map((s, i) => `${s} ${percent(calibration.prior[i] ?? 0)}`).join(', ');
  const biases = calibration.bias.map((b) => b.toFixed(3)).join(', ');
  const seconds = Object.entries(run.seconds).map(([phase, s]) => `${phase} ${Math.round(s)} s`);
  return `# Model card: ${name}

**${RESEARCH_NOTICE[0]?.toUpperCase()}${RESEARCH_NOTICE.slice(1)}.** Generated from the record of the training run and the evidence measured on the model (\`evidence.json\`); do not edit.

Model digest \`${digest}\`.

## What it does

Reads one field of a peripheral blood smear (224 x 224 pixels after the preprocessing \`${model.preprocessing}\`) and
gives a mask of its white cells${nuclei ? ' and of their nuclei' : ''} and the probabilities of four maturity stages of acute lymphoblastic leukemia:
${stages}. A ${config.hybrid.backbone.replaceAll('_', '-')} backbone ${backboneOrigin(run)} reads the field, a U-Net
(${config.hybrid.unetFilters.join('-')}) finds the white cells${nuclei ? ' and their nuclei' : ''} and reads the field again with everything else hidden; both
feature vectors go to a head of ${config.hybrid.head.join(' -> ')}. ${answersSentence(model)}

Meant for research on decision support with a reader in the loop. Not meant for other stains, single cells, bone
marrow, other diseases, or any use without a reader: on none of that were its stages tested.

## Data

${data.about}

${splitSentence(data)} Data digest \`${data.hash}\`.

${countsTable(data)}

The masks were learned from weak labels, made by colour alone; no expert has drawn one.

## Training

Engine ${engine.name}${engine.reasons.length > 0 ? ` (${engine.reasons.join('; ')})` : ''}; seed ${config.seed}. The U-Net ran
${parts.masks.history.length} epochs (best ${parts.masks.bestEpoch}), ${taughtPart(run)}
${parts.stages.history.length} (best ${parts.stages.bestEpoch}), class weights n / (K n_c), on cached views:
${config.stages.views.map((v) => `${v.kind} x ${v.copies} (share ${v.share})`).join(', ')}. Time${run.outOfFold ? `, with the trainings of the ${run.outOfFold.folds} folds` : ''}: ${seconds.join(', ')}.

Calibrated on the unweighted validation side: temperature ${calibration.temperature.toFixed(3)}, biases ${biases};
negative log likelihood ${calibration.nllBefore.toFixed(4)} before, ${calibration.nllAfter.toFixed(4)} after. The
probabilities assume these shares of the stages: ${priors}. Where they differ, correct the prior.

## Results on the test side

${test.n} fields of ${test.groups} groups; costs by the matrix of the run. Intervals by resampling groups, or, where no such error
occurred, Wilson's for none of as many groups. Resampling leans the calibration error upwards.

${testTable(run, evidence)}

Rows actual, columns predicted:

${confusionTable(test.confusion)}

## Out of fold

${outOfFoldSection(run)}

## Where the background lies

Where stages were photographed differently, the colour of the background alone names the stage, and plain accuracy
proves little. The same test fields with another stage's colours, without colour, and with everything but the cells hidden:

${counterfactualTable(run)}

Of the copies whose white cells were painted over, ${percent(test.counterfactual.cellLessNotAssessable)} were found not assessable.

## Evidence

${evidenceSentence(evidence)}

## What the field adds over its cells

${fieldOverCellsSection(evidence)}

## Robustness

${robustnessSection(evidence)}

## Unlike what it learned from

${noveltySection(evidence)}

## Masks

${masksSection(evidence)}

## Explanations

${explanationSection(evidence)}

## Limits

Known only on the data named above: expect worse on other stains, microscopes and hospitals. Stages are judged on cells of one
field, while diagnosis rests on the patient. The cost matrix of the study is unvalidated.
`;
}
