import { DomainError, toStageVector } from '@blastwise/contracts';
import type { RgbImage } from '../images/index.ts';
import type { EvaluationRow } from '../metrics/index.ts';
import type { FieldPrediction, Predictor } from '../serving/index.ts';
import { type LabelledField, readField } from './labelled-field.ts';

/** Images held in memory at a time. */
const CHUNK = 8;

/** What the model is shown of a field. */
export type Show = (image: RgbImage, field: LabelledField) => RgbImage | Promise<RgbImage>;

/** Asks the model about every field, in order; `show` may give it a copy of the field instead. */
export async function predictRows(
  predictor: Predictor,
  fields: readonly LabelledField[],
  progress: (done: number, total: number) => void,
  show: Show = (image) => image,
): Promise<EvaluationRow[]> {
  const [rows = []] = await predictRowsOf([predictor], fields, progress, show);
  return rows;
}

/** Asks several models about every field, in order, and decodes each field once; rows per model. */
export async function predictRowsOf(
  predictors: readonly Predictor[],
  fields: readonly LabelledField[],
  progress: (done: number, total: number) => void,
  show: Show = (image) => image,
): Promise<EvaluationRow[][]> {
  const asked = predictors.map((predictor) => ({ predictor, rows: [] as EvaluationRow[] }));
  const prepare = async (some: readonly LabelledField[]): Promise<RgbImage[]> => {
    const images: RgbImage[] = [];
    for (const field of some) images.push(await show(await readField(field), field));
    return images;
  };
  let prepared = prepare(fields.slice(0, CHUNK));
  for (let i = 0; i < fields.length; i += CHUNK) {
    const some = fields.slice(i, i + CHUNK);
    const images = await prepared;
    const answers = asked.map(({ predictor }) => predictor.predict(images));
    // The next images are made while the networks read these; a failure is heard when they are awaited.
    prepared = prepare(fields.slice(i + CHUNK, i + 2 * CHUNK));
    prepared.catch(() => {});
    for (const [k, predictions] of (await Promise.all(answers)).entries())
      asked[k]?.rows.push(...rowsFrom(some, predictions));
    progress(Math.min(i + CHUNK, fields.length), fields.length);
  }
  return asked.map(({ rows }) => rows);
}

function rowsFrom(
  fields: readonly LabelledField[],
  predictions: readonly FieldPrediction[],
): EvaluationRow[] {
  return fields.map(({ stage, group }, i) => {
    const analysis = predictions[i]?.analysis;
    if (!analysis) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
    const { assessable, predictionSet, outOfDistribution } = analysis;
    const probabilities = toStageVector(analysis.probabilities);
    return { actual: stage, probabilities, group, assessable, predictionSet, outOfDistribution };
  });
}
