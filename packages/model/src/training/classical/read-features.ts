import { readFile } from 'node:fs/promises';
import { stageIndex } from '@blastwise/contracts';
import { extractFeatures, FEATURE_COUNT } from '../../classical/index.ts';
import { type Split, type SplitField, verifySplit } from '../../dataset/index.ts';
import { decodeImage, preprocess } from '../../images/index.ts';
import { readState, writeState } from '../checkpoint.ts';
import { breathe, type Report } from '../progress.ts';

/** A field by its hand-made features. */
export interface FeatureField extends SplitField {
  readonly features: Float32Array;
  /** Position of `stage` in the order of the stages. */
  readonly label: number;
}

/**
 * Measures the fields of a split but those of its test side, which are read when the model is judged. What is measured is
 * kept in `file` for a resumed run.
 *
 * @throws DomainError NOT_FOUND, BAD_INPUT or LEAK_FOUND for a folder that does not fit the split.
 */
export async function readFeatures(
  data: string,
  split: Split,
  file: string,
  report: Report,
): Promise<FeatureField[]> {
  const fields = (await verifySplit(data, split)).filter(({ side }) => side !== 'test');
  const kept = (await readState(file))?.tensors.get('features')?.data;
  const length = fields.length * FEATURE_COUNT;
  const known = kept instanceof Float32Array && kept.length === length ? kept : null;
  const table = known ?? new Float32Array(length);
  const measured: FeatureField[] = [];
  for (const [i, { file: image, ...field }] of fields.entries()) {
    const place = i * FEATURE_COUNT;
    if (!known) {
      const { field: prepared } = await preprocess(await decodeImage(await readFile(image)));
      table.set(await extractFeatures(prepared), place);
      await breathe();
    }
    const features = table.subarray(place, place + FEATURE_COUNT);
    measured.push({ ...field, features, label: stageIndex(field.stage) });
    report(i + 1);
  }
  if (!known) {
    const shape = [fields.length, FEATURE_COUNT];
    await writeState(file, [{ name: 'features', dtype: 'F32', shape, data: table }], null);
  }
  return measured;
}
