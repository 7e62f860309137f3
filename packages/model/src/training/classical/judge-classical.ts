import type { CostMatrix } from '@blastwise/contracts';
import { type Calibration, calibrate } from '../../calibration/index.ts';
import { type Classifier, extractFeatures } from '../../classical/index.ts';
import { COUNTERFACTUAL_KINDS, counterfactualCopy, type Donor, donorOf } from '../../counterfactual/index.ts';
import type { SplitFile } from '../../dataset/index.ts';
import { readField } from '../../evidence/index.ts';
import { preprocess, type RgbImage } from '../../images/index.ts';
import type { EvaluationRow } from '../../metrics/index.ts';
import { segmentStain } from '../../segmentation/index.ts';
import { COPIES, copyScores } from '../folds/index.ts';
import { breathe, type Report } from '../progress.ts';
import type { ClassicalRecord } from './record.ts';

type Kind = (typeof COPIES)[number];

/** Steps of judging so many fields: as they are, and all their copies. */
export const judgingSteps = (fields: number): number => 2 * fields;

/**
 * Judges a classifier on prepared fields of the test side, as they are and as copies whose background lies. Figures are of
 * the most probable stage, never deferring; whether a field can be judged at all is not for such a model to say.
 */
export async function judgeClassical(
  fields: readonly SplitFile[],
  { classify, calibration }: { readonly classify: Classifier; readonly calibration: Calibration },
  costs: CostMatrix,
  { seed, report }: { readonly seed: number; readonly report: Report },
): Promise<ClassicalRecord['test']> {
  const rows: Record<Kind, EvaluationRow[]> = {
    plain: [],
    recoloured: [],
    grey: [],
    'cells-only': [],
    'cell-less': [],
  };
  const ask = async ({ stage, group }: SplitFile, image: RgbImage, kind: Kind): Promise<void> => {
    const { field } = await preprocess(image);
    const probabilities = calibrate(classify(await extractFeatures(field)), calibration);
    rows[kind].push({ actual: stage, group, probabilities, assessable: true });
  };
  const donors: Donor[] = [];
  for (const [i, field] of fields.entries()) {
    const image = await readField(field);
    donors.push(donorOf({ stage: field.stage, image }));
    await ask(field, image, 'plain');
    report(i + 1);
    await breathe();
  }
  for (const [i, field] of fields.entries()) {
    const { path, stage } = field;
    const image = await readField(field);
    const { cell: cells } = segmentStain(image);
    for (const kind of COUNTERFACTUAL_KINDS)
      await ask(field, counterfactualCopy({ path, stage, image, cells }, donors, { kind, seed }), kind);
    report(fields.length + i + 1);
    await breathe();
  }
  const scores = COPIES.map((kind) => [kind, copyScores(rows[kind], costs, seed)] as const);
  return Object.fromEntries(scores) as ClassicalRecord['test'];
}
