import { DomainError, toStageVector } from '@blastwise/contracts';
import type { RgbImage } from '../images/index.ts';
import type { EvaluationRow } from '../metrics/index.ts';
import type { Predictor } from '../serving/index.ts';
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
  const rows: EvaluationRow[] = [];
  for (let i = 0; i < fields.length; i += CHUNK) {
    const some = fields.slice(i, i + CHUNK);
    const images: RgbImage[] = [];
    for (const field of some) images.push(await show(await readField(field), field));
    const predictions = await predictor.predict(images);
    for (const [k, { stage, group }] of some.entries()) {
      const analysis = predictions[k]?.analysis;
      if (!analysis) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
      const probabilities = toStageVector(analysis.probabilities);
      const { assessable, predictionSet, outOfDistribution } = analysis;
      rows.push({ actual: stage, probabilities, group, assessable, predictionSet, outOfDistribution });
    }
    progress(rows.length, fields.length);
  }
  return rows;
}
