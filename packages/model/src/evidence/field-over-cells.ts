import { DomainError, type MaturityStage, type StageVector } from '@blastwise/contracts';
import { calibrate } from '../calibration/index.ts';
import { cellCrops, shuffledCells } from '../counterfactual/index.ts';
import { mostProbable } from '../decision/index.ts';
import { preprocess } from '../images/index.ts';
import { estimate, estimateGain, estimateShare } from '../metrics/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import { segmentStain } from '../segmentation/index.ts';
import type { Predictor } from '../serving/index.ts';
import { groupsOf, type LabelledField, readField } from './labelled-field.ts';
import { type Part, SAMPLES, type Subject } from './part.ts';
import { sampleOf } from './sample.ts';
import type { ModelEvidence } from './schema.ts';

/** One field answered three ways: whether each names its stage. */
interface Answered {
  readonly group: string;
  readonly cells: number;
  readonly whole: boolean;
  readonly shuffled: boolean;
  readonly alone: boolean;
}

type Logits = ArrayLike<number>;

/** Mean of the logits of several images: up to a constant that of their log-probabilities. */
function meanLogits(all: readonly Logits[]): StageVector {
  const mean = (stage: number): number =>
    all.reduce((sum, logits) => sum + (logits[stage] ?? Number.NaN), 0) / all.length;
  return [mean(0), mean(1), mean(2), mean(3)];
}

/** The stage that the model names for several images as one. */
function stageOf({ artifact }: Predictor, logits: readonly Logits[]): MaturityStage {
  return mostProbable(calibrate(meanLogits(logits), artifact.manifest.calibration));
}

/** Null where the field shows no white cell. White cells are those of the stain method, so that models compare. */
async function answer(predictor: Predictor, labelled: LabelledField, seed: number): Promise<Answered | null> {
  const { field } = await preprocess(await readField(labelled));
  const { cell } = segmentStain(field);
  const crops = cellCrops(field, cell);
  if (crops.length === 0) return null;
  const random = seededRandom(mixSeed(seed, ...Buffer.from(labelled.path)));
  const images = [field, shuffledCells(field, cell, random), ...crops];
  const [whole, shuffled, ...alone] = (await predictor.predict(images)).map(({ logits }) => logits);
  if (!whole || !shuffled) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
  const right = (logits: readonly Logits[]): boolean => stageOf(predictor, logits) === labelled.stage;
  return {
    group: labelled.group,
    cells: crops.length,
    whole: right([whole]),
    shuffled: right([shuffled]),
    alone: right(alone),
  };
}

function summarised(answers: readonly Answered[], seed: number): ModelEvidence['fieldOverCells'] {
  const accuracy = (way: 'whole' | 'shuffled' | 'alone') =>
    estimateShare(
      answers.map((a) => ({ group: a.group, hit: a[way] })),
      seed,
    );
  const gain = (way: 'shuffled' | 'alone') =>
    estimateGain(
      answers.map((a) => ({ group: a.group, one: a.whole, other: a[way] })),
      seed,
    );
  const cells = estimate(
    answers.map((a) => ({ group: a.group, value: a.cells })),
    seed,
  );
  const [whole, shuffled, alone] = [accuracy('whole'), accuracy('shuffled'), accuracy('alone')];
  const [overShuffled, overAlone] = [gain('shuffled'), gain('alone')];
  if (!(cells && whole && shuffled && alone && overShuffled && overAlone)) return null;
  return {
    n: answers.length,
    groups: groupsOf(answers),
    cells,
    accuracy: { fields: whole, shuffled, alone },
    gain: { shuffled: overShuffled, alone: overAlone },
  };
}

/**
 * What the field adds over its cells: the stage named from the whole field, from the field with its white cells in
 * exchanged places, and from its white cells one by one, each alone on neutral grey, their logits averaged.
 */
export function fieldOverCellsPart({
  predictor,
  fields: all,
  seed,
}: Subject): Part<ModelEvidence['fieldOverCells']> {
  const fields = sampleOf(all, SAMPLES.fieldOverCells, seed);
  return {
    steps: fields.length,
    measure: async (report) => {
      const answers: Answered[] = [];
      for (const [i, field] of fields.entries()) {
        const answered = await answer(predictor, field, seed);
        if (answered) answers.push(answered);
        report(i + 1);
      }
      return summarised(answers, seed);
    },
  };
}
