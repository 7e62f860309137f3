import type { CostMatrix } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import { counterfactualCopy, type Donor, donorOf } from '../counterfactual/index.ts';
import type { SplitFile } from '../dataset/index.ts';
import { learnedFrom, predictRows, sampleOf } from '../evidence/index.ts';
import { type Evaluation, evaluate, type ReliabilityFigures, reliabilityFigures } from '../metrics/index.ts';
import { OOD_TENSORS } from '../ood/index.ts';
import { openPredictor, type Predictor } from '../serving/index.ts';
import { type ModelStart, modelStart } from './model-start.ts';

/** What a comparison says of one model on one split. */
export interface ModelFigures {
  /** As `train --model` names it, or as its artifact does. */
  readonly model: string;
  readonly digest: string;
  /** What its backbone was before the training; null where it has none or does not say. */
  readonly start: ModelStart | null;
  /** How many of the judged fields the model learned from; null where it does not say. */
  readonly learnedFrom: number | null;
  /** Of at most `TRAIN_SAMPLE` fields of the train side; null where that side is empty. */
  readonly train: Evaluation | null;
  readonly plain: Evaluation;
  /** The same fields with another stage's background colours. */
  readonly recoloured: Evaluation;
  readonly reliability: ReliabilityFigures;
  /** Learned numbers, statistics of the novelty score apart. */
  readonly parameters: number;
  /** Wall time of the training in all; null where the artifact does not say. */
  readonly trainingSeconds: number | null;
  /** Wall time of one answer on this machine, decoding apart. */
  readonly millisecondsPerField: number;
  /** Curves of its training, as an SVG; null where it has none. */
  readonly history: string | null;
}

export interface MeasureOptions {
  readonly test: readonly SplitFile[];
  readonly train: readonly SplitFile[];
  readonly costs: CostMatrix;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Fields of the train side that are asked about at most: that figure needs no more digits. */
export const TRAIN_SAMPLE = 500;

/** Adds up the time of all answers. */
function timed(predictor: Predictor): { readonly predictor: Predictor; readonly spent: () => number } {
  let milliseconds = 0;
  return {
    spent: () => milliseconds,
    predictor: {
      ...predictor,
      predict: async (images, options) => {
        const started = performance.now();
        const answers = await predictor.predict(images, options);
        milliseconds += performance.now() - started;
        return answers;
      },
    },
  };
}

const OF_NOVELTY: readonly string[] = Object.values(OOD_TENSORS);

const parametersOf = ({ weights }: Artifact): number =>
  [...weights.values()].reduce(
    (sum, { name, data }) => sum + (OF_NOVELTY.includes(name) ? 0 : data.length),
    0,
  );

function secondsOf({ manifest }: Artifact): number | null {
  const { seconds } = manifest.run;
  if (typeof seconds !== 'object' || seconds === null) return null;
  const phases = Object.values(seconds).filter((value) => typeof value === 'number');
  return phases.length === 0 ? null : phases.reduce((a, b) => a + b, 0);
}

/**
 * Asks a saved model about the test side as it is and recoloured, and about a sample of the train side. Changes nothing on disk.
 *
 * @param dir the artifact's folder.
 * @throws DomainError ARTIFACT_INVALID for a folder that is none; BAD_INPUT where the test side is empty, or of one stage.
 */
export async function measureModel(
  dir: string,
  model: string,
  { test, train: all, costs, seed, onProgress = () => {} }: MeasureOptions,
): Promise<ModelFigures> {
  const train = sampleOf(all, TRAIN_SAMPLE, seed);
  const opened = await openPredictor(dir);
  const total = 2 * test.length + train.length;
  const from = (before: number) => (done: number) => onProgress(before + done, total);
  try {
    const { artifact } = opened;
    const { predictor, spent } = timed(opened);
    const donors: Donor[] = [];
    const rows = await predictRows(predictor, test, from(0), (image, { stage }) => {
      donors.push(donorOf({ stage, image }));
      return image;
    });
    const millisecondsPerField = spent() / Math.max(1, test.length);
    const recoloured = await predictRows(predictor, test, from(test.length), (image, { path, stage }) =>
      counterfactualCopy({ path, stage, image }, donors, { kind: 'recoloured', seed }),
    );
    const learned = await predictRows(predictor, train, from(2 * test.length));
    const history = artifact.file('history.svg');
    return {
      model,
      digest: artifact.digest,
      start: modelStart(artifact.manifest),
      learnedFrom: learnedFrom(artifact, test),
      train: learned.length === 0 ? null : evaluate(learned, costs, { seed }),
      plain: evaluate(rows, costs, { seed }),
      recoloured: evaluate(recoloured, costs, { seed }),
      reliability: reliabilityFigures(
        rows.map((row) => row.probabilities),
        rows.map((row) => row.actual),
      ),
      parameters: parametersOf(artifact),
      trainingSeconds: secondsOf(artifact),
      millisecondsPerField,
      history: history ? new TextDecoder().decode(history) : null,
    };
  } finally {
    await opened.close();
  }
}
