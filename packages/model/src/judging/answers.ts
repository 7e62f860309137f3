import { setImmediate as breathe } from 'node:timers/promises';
import { DomainError, MATURITY_STAGES, type MaturityStage, toStageVector } from '@blastwise/contracts';
import type { Artifact, FeatureTable } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { readStageHead, stageLogits } from '../explain/index.ts';
import type { RgbImage } from '../images/index.ts';
import type { EvaluationRow } from '../metrics/index.ts';
import type { Predictor } from '../serving/index.ts';

/** Rows answered before other work of the process has a turn. */
const TURN = 8;

/**
 * What a model's head answers to features of its own network. The process can do other work meanwhile.
 *
 * @throws DomainError BAD_INPUT for features of another length.
 */
export async function answersToFeatures(
  artifact: Artifact,
  { features, dimension, labels, groups }: FeatureTable,
): Promise<EvaluationRow[]> {
  const head = readStageHead(artifact);
  if (head[0]?.inputs !== dimension)
    throw new DomainError(
      'BAD_INPUT',
      `A locked field has ${dimension} features where the model has ${head[0]?.inputs ?? 0}.`,
    );
  const rows: EvaluationRow[] = [];
  for (const [row, label] of labels.entries()) {
    if (row % TURN === 0) await breathe();
    const logits = stageLogits(head, features.subarray(row * dimension, (row + 1) * dimension));
    rows.push({
      actual: MATURITY_STAGES[label] ?? 'Benign',
      group: String(groups[row]),
      probabilities: calibrate(logits, artifact.manifest.calibration),
      assessable: true,
    });
  }
  return rows;
}

/** A labelled image that is read when its turn comes. */
export interface LabelledImage {
  readonly stage: MaturityStage;
  readonly group: string;
  readonly read: () => Promise<RgbImage>;
}

const BATCH = 4;

/** An answer with what the network extracted from the image, at its feature layer. */
export interface ImageAnswer extends EvaluationRow {
  readonly features: Float32Array;
}

/** What a model answers to images, a few of them in memory at a time. @throws the signal's reason where it is aborted. */
export async function answersToImages(
  predictor: Pick<Predictor, 'predict'>,
  images: readonly LabelledImage[],
  signal?: AbortSignal,
): Promise<ImageAnswer[]> {
  const rows: ImageAnswer[] = [];
  for (let first = 0; first < images.length; first += BATCH) {
    signal?.throwIfAborted();
    const some = images.slice(first, first + BATCH);
    const answers = await predictor.predict(await Promise.all(some.map(({ read }) => read())));
    for (const [i, { stage, group }] of some.entries()) {
      const answer = answers[i];
      if (!answer) throw new DomainError('INTERNAL', 'The model left a field unanswered.');
      const { analysis, features } = answer;
      const probabilities = toStageVector(analysis.probabilities);
      rows.push({ actual: stage, group, probabilities, assessable: analysis.assessable, features });
    }
  }
  return rows;
}
