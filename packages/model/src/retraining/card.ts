import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Lineage, Manifest } from '../artifact/index.ts';
import { cost, percent, table } from '../training/report/markdown.ts';
import { wholeRunRecord } from '../training/report/run-record.ts';
import type { NetworkRecord, RetrainingRecord } from './record.ts';

/** The card of the model whose network this is, kept as it was. */
export const BASE_CARD_FILE = 'BASE_MODEL_CARD.md';

export type CardModel = Pick<Manifest, 'name' | 'digest' | 'preprocessing' | 'conformal' | 'ood'>;

type Shared = Pick<
  RetrainingRecord | NetworkRecord,
  'data' | 'validation' | 'calibration' | 'engine' | 'trained'
>;

export function sidesTable({ data }: Shared): string {
  const row = (name: string, counts: readonly number[]) => [
    name,
    ...counts,
    counts.reduce((a, b) => a + b, 0),
  ];
  return table(
    ['side', ...MATURITY_STAGES, 'fields'],
    [
      row("train, the base's own", data.train),
      row('train, corrected', data.corrected.train),
      row("validation, the base's own", data.validation),
      row('validation, corrected', data.corrected.validation),
      row("calibration, the base's own", data.calibration),
    ],
  );
}

export function validationTable({ validation: { before, after } }: Shared): string {
  return table(
    ['figure', 'base', 'this model'],
    [
      ['cross-entropy, uncalibrated', before.loss.toFixed(4), after.loss.toFixed(4)],
      ['accuracy (most probable stage)', percent(before.accuracy), percent(after.accuracy)],
      ['cost per field (lowest expected cost)', cost(before.cost), cost(after.cost)],
      ['cross-entropy on corrected fields', before.correctedLoss.toFixed(4), after.correctedLoss.toFixed(4)],
      ['accuracy on corrected fields', percent(before.correctedAccuracy), percent(after.correctedAccuracy)],
    ],
  );
}

export const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.map((item) => `- ${item}`).join('\n');

function gateSection({ gate }: RetrainingRecord): string {
  if (!gate) return 'No locked test fields were given: **on a test side this model has not been judged.**';
  return `Against its base on ${gate.fields} locked fields of ${gate.groups} groups: ${gate.verdict}.\n\n${list(gate.reasons, '')}`;
}

/** What the base's run says of its own test side, under the base's name and not as a figure of this model. */
function baseFigures({ trained }: Shared): string {
  const test = wholeRunRecord(trained)?.test;
  if (!test) return '';
  return ` On the test side of its run the base had an accuracy of ${percent(test.accuracy)} over ${test.n} fields; this says nothing certain of this model.`;
}

export const quarantineList = ({ quarantined }: Lineage): string =>
  list(
    quarantined.map(
      ({ id, against, kind }) =>
        `${id}: ${kind === 'near' ? 'near-duplicate' : `same ${kind}`} of ${against}`,
    ),
    'None.',
  );

/** What an earlier model had learned and this one did not: a sentence, or nothing. */
export const withdrawnSentence = ({ withdrawn = [] }: Lineage): string =>
  withdrawn.length === 0
    ? ''
    : `\n\nLeft out now though a model before had learned from them, for they are no longer settled or are held out since: ${withdrawn.map(({ id }) => id).join(', ')}.`;

/** Why the base is not the model that was in service: a sentence, or nothing. */
export const passedOverSentence = ({ passedOver }: Lineage): string =>
  passedOver
    ? ` In service was the model \`${passedOver.digest}\`, which had learned ${passedOver.fields.length === 1 ? 'a label' : `${passedOver.fields.length} labels`} withdrawn since; this base had not.`
    : '';

/** Where the corrected fields stand that the figures are of. */
export const judgedOn = ({ data }: Shared): string =>
  data.corrected.validation.some((n) => n > 0)
    ? ' of that side'
    : ' that were trained on, for none fell on that side';

export function calibrationSentences({ calibration }: Shared): string {
  const bias = calibration.bias.map((b) => b.toFixed(3)).join(', ');
  const prior = MATURITY_STAGES.map((s, i) => `${s} ${percent(calibration.prior[i] ?? 0)}`).join(', ');
  return `Calibrated anew on the base's unweighted validation side: temperature ${calibration.temperature.toFixed(3)}, biases ${bias};
negative log likelihood ${calibration.nllBefore.toFixed(4)} before, ${calibration.nllAfter.toFixed(4)} after. The probabilities assume these
shares of the stages: ${prior}.`;
}

export const engineWords = ({ engine }: Shared): string =>
  `${engine.name}${engine.reasons.length > 0 ? ` (${engine.reasons.join('; ')})` : ''}`;

export const costTermOf = (costWeight: number): string =>
  costWeight > 0 ? `, expected-cost term with weight ${costWeight}` : '';

/**
 * The card of a retrained model in Markdown. Evidence that takes images is not measured by a retraining from cached
 * features: the card says so, and points to the base's own card.
 */
export function retrainedCard(model: CardModel, lineage: Lineage, record: RetrainingRecord): string {
  const { recipe, history, bestEpoch } = record;
  const anew = [model.conformal && 'prediction sets', model.ood && 'novelty'].filter(Boolean);
  return `# Model card: ${model.name}, head retrained

**${RESEARCH_NOTICE[0]?.toUpperCase()}${RESEARCH_NOTICE.slice(1)}.** Generated from the record of the retraining; do not edit.

Model digest \`${model.digest}\`.

## Where it comes from

Backbone, U-Net and masks are those of the model \`${lineage.base}\`, weight for weight; only the head (features -> stages) was
trained again, from the base's cached features and ${lineage.corrections.length} corrected fields. Preprocessing \`${model.preprocessing}\`.${passedOverSentence(lineage)}

**Everything that takes images to measure was measured on the base and not on this model:** robustness, copies whose
background lies, novelty on foreign images, explanations. The masks are the same in both. The base's card, as far as it has one,
lies beside this one as \`${BASE_CARD_FILE}\`.${baseFigures(record)}

## Data

${sidesTable(record)}

Digest of the corrections \`${lineage.correctionsSha256}\`; \`model.json\` names each. Kept for the test side and never
trained on: ${lineage.reserved.length} groups of corrected fields, chosen by the hash of their names.

Left out, for they show what a held-out image shows:

${quarantineList(lineage)}${withdrawnSentence(lineage)}

## Training

Engine ${engineWords(record)}; seed ${record.seed}; ${history.length} epochs of at most ${recipe.epochs} (best ${bestEpoch}, by cross-entropy on
the validation side), peak rate ${recipe.peakRate}, batch ${recipe.batch}, class weights n / (K n_c)${costTermOf(recipe.costWeight)}. Time: ${record.seconds.toFixed(1)} s.

The base's validation side, which chose the epoch and set the calibration, and the corrected fields${judgedOn(record)}, which
chose the epoch too, so that all these figures flatter:

${validationTable(record)}

${calibrationSentences(record)}${anew.length > 0 ? ` Thresholds set anew: ${anew.join(', ')}.` : ''}

## Against its base

${gateSection(record)}

## Limits

Those of the base. The head was retrained on fields as they are, without the views that made the base ignore backgrounds: how
much of that it kept was not measured.
`;
}
