import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Lineage } from '../../artifact/index.ts';
import {
  BASE_CARD_FILE,
  type CardModel,
  calibrationSentences,
  costTermOf,
  engineWords,
  judgedOn,
  passedOverSentence,
  quarantineList,
  sidesTable,
  validationTable,
  withdrawnSentence,
} from '../card.ts';
import type { NetworkRecord } from '../record.ts';

function masksSection({ masks, recipe: { editedWeight } }: NetworkRecord): string {
  const { edited, history, bestEpoch, before, after } = masks;
  const kept =
    bestEpoch === 0
      ? 'No epoch was better than the U-Net of the base, which stayed.'
      : `Epoch ${bestEpoch} of ${history.length} was kept.`;
  return `Masks that readers drew: ${edited.train} fields to train on, each counting ${editedWeight} times a weak one, and ${edited.validation} on the
validation side. ${kept} Mean Dice on what chose the epoch: ${before.toFixed(3)} with the base's U-Net, ${after.toFixed(3)} with this one.`;
}

/** The card of a model whose blocks and U-Net were trained again, in Markdown. */
export function networkCard(model: CardModel, lineage: Lineage, record: NetworkRecord): string {
  const { recipe, history, bestEpoch, folder } = record;
  const { stages } = recipe;
  const unfolded = stages.unfoldBatchNorms ? ', batch norms given back while it learned' : '';
  return `# Model card: ${model.name}, blocks and U-Net retrained

**${RESEARCH_NOTICE[0]?.toUpperCase()}${RESEARCH_NOTICE.slice(1)}.** Generated from the record of the retraining; do not edit.

Model digest \`${model.digest}\`.

## Where it comes from

Trained again from the weights of the model \`${lineage.base}\`: the U-Net, the blocks of the backbone above its tap, and the
head, from ${folder.fields} fields of the registered folder (digest \`${folder.hash}\`) and ${lineage.corrections.length} corrected fields. The backbone below the
tap is that of the base, weight for weight. Preprocessing \`${model.preprocessing}\`.${passedOverSentence(lineage)}

**This model was measured on no test side.** What takes the test side to measure (accuracy there, robustness, copies whose
background lies, novelty on foreign images, explanations) is not known of it; the base's card, which lies beside this one as
\`${BASE_CARD_FILE}\`, speaks of another model. The gate judges it on locked images.

## Data

${sidesTable(record)}

Digest of the corrections \`${lineage.correctionsSha256}\`; \`model.json\` names each. Kept for the test side and never
trained on: ${lineage.reserved.length} groups of corrected fields, chosen by the hash of their names, and the base's own test side.

Left out, for they show what a held-out image shows:

${quarantineList(lineage)}${withdrawnSentence(lineage)}

## Training

Engine ${engineWords(record)}; seed ${record.seed}. Time: ${record.seconds.toFixed(1)} s.

**Masks.** ${masksSection(record)}

**Stages.** ${history.length} epochs of at most ${stages.epochs} (best ${bestEpoch}, by cross-entropy on the validation side as it is, recoloured, grey and
cells only), peak rate ${stages.peakRate}, of the backbone ${stages.backboneRate} times that${unfolded}, batch ${stages.batch}, class weights
n / (K n_c)${costTermOf(stages.costWeight)}.

The base's validation side, which chose the epoch and set the calibration, and the corrected fields${judgedOn(record)}, which
chose the epoch too, so that all these figures flatter:

${validationTable(record)}

${calibrationSentences(record)} Made anew: prediction sets where the base has a calibration side, and the novelty score.

## Limits

Those of the base. The masks of fields that no reader drew are weak ones, found by stain.
`;
}
