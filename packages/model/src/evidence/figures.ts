import { DomainError } from '@blastwise/contracts';
import { preprocess, type RgbImage } from '../images/index.ts';
import {
  type Estimate,
  type EvaluationRow,
  estimateRatio,
  estimateShare,
  evaluate,
  type IntervalName,
} from '../metrics/index.ts';
import { countOverlap, type OverlapCounts } from '../segmentation/evaluation/index.ts';
import { segmentStain } from '../segmentation/index.ts';
import { type LabelledField, readField } from './labelled-field.ts';
import type { Part, Subject } from './part.ts';
import { rowOf } from './predict-rows.ts';
import type { ModelEvidence } from './schema.ts';

type Figures = NonNullable<ModelEvidence['figures']>;
type Figure = Figures['accuracy'];

/** Images held in memory at a time. */
const CHUNK = 8;

/** What the model answers to one field, and how its mask lies on the weak one. */
interface Judged {
  readonly row: EvaluationRow;
  readonly overlap: OverlapCounts;
}

async function judge({ predictor }: Subject, fields: readonly LabelledField[]): Promise<Judged[]> {
  const views: RgbImage[] = [];
  for (const field of fields) views.push((await preprocess(await readField(field))).field);
  const predictions = await predictor.predict(views);
  return fields.map((field, i) => {
    const [prediction, view] = [predictions[i], views[i]];
    if (!prediction || !view) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
    return {
      row: rowOf(field, prediction),
      overlap: countOverlap(prediction.mask, segmentStain(view).cell),
    };
  });
}

const scaled = ({ value, lower, upper }: Figure, by: number): Figure => ({
  value: value * by,
  lower: lower * by,
  upper: upper * by,
});

const figureOf = ({ mean, lower, upper }: Estimate): Figure => ({ value: mean, lower, upper });

/** Masks that are all empty agree. */
const AGREED: Figure = { value: 1, lower: 1, upper: 1 };

/** The figures of the run on the side, each with its 95 % interval by resampling groups. */
function figuresOf(judged: readonly Judged[], { costs, seed }: Subject): Figures {
  const rows = judged.map(({ row }) => row);
  const scores = evaluate(rows, costs, { seed });
  const within = (name: IntervalName, value: number): Figure => {
    const { lower, upper } = scores.intervals[name] ?? { lower: value, upper: value };
    return { value, lower, upper };
  };
  const { minimumRisk, malignantToBenignRate } = scores;
  const unread = estimateShare(
    rows.map(({ group, assessable }) => ({ group, hit: !assessable })),
    seed,
  );
  if (!unread) throw new DomainError('BAD_INPUT', 'There is no field to measure on.');
  const ratio = (part: (o: OverlapCounts) => number, whole: (o: OverlapCounts) => number): Figure => {
    const found = estimateRatio(
      judged.map(({ row: { group }, overlap }) => ({ group, part: part(overlap), whole: whole(overlap) })),
      seed,
    );
    return found ? figureOf(found) : AGREED;
  };
  return {
    accuracy: within('accuracy', scores.accuracy),
    totalCost: within('totalCost', scores.totalCost),
    minimumRiskCost: scaled(within('minimumRiskAverageCost', minimumRisk.averageCost), rows.length),
    averageCost: within('averageCost', scores.averageCost),
    macroF1: within('macroF1', scores.macroF1),
    malignantToBenignRate:
      malignantToBenignRate === null ? null : within('malignantToBenignRate', malignantToBenignRate),
    ece: within('ece', scores.ece),
    nll: within('nll', scores.nll),
    notAssessable: scaled(figureOf(unread), rows.length),
    dice: ratio(
      ({ both }) => 2 * both,
      ({ found, truth }) => found + truth,
    ),
    iou: ratio(
      ({ both }) => both,
      ({ both, found, truth }) => found + truth - both,
    ),
  };
}

/** All fields as they are, as a run judges its test side: the most probable stage, never deferring. */
export function figuresPart(subject: Subject): Part<Figures> {
  const { fields } = subject;
  return {
    steps: fields.length,
    measure: async (report) => {
      const judged: Judged[] = [];
      for (let i = 0; i < fields.length; i += CHUNK) {
        judged.push(...(await judge(subject, fields.slice(i, i + CHUNK))));
        report(judged.length);
      }
      return figuresOf(judged, subject);
    },
  };
}
