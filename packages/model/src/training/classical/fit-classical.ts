import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { z } from 'zod';
import { type NamedTensor, writeWhole } from '../../artifact/index.ts';
import {
  type ClassicalArchitecture,
  type ClassicalModel,
  FEATURES_VERSION,
  fitBoostedTrees,
  fitSvm,
  GRID_POINTS,
  STUDY_BOOSTING,
  svmTensors,
  treesTensors,
} from '../../classical/index.ts';
import { splitFolds } from '../../dataset/index.ts';
import { classWeights } from '../fields.ts';
import type { EpochRecord } from '../fit.ts';
import { breathe, type OnProgress, reporter } from '../progress.ts';
import type { FeatureField } from './read-features.ts';
import type { ClassicalRecord } from './record.ts';

/** Folds of the search, whole groups in each. */
const FOLDS = 5;

export interface FitRun {
  readonly fields: readonly FeatureField[];
  readonly seed: number;
  /** Where the state of the run lies. */
  readonly work: string;
  readonly onProgress: OnProgress;
}

export interface FittedClassical {
  readonly architecture: ClassicalArchitecture;
  readonly weights: readonly NamedTensor[];
  readonly fit: ClassicalRecord['fit'];
}

function sideOf(fields: readonly FeatureField[], side: FeatureField['side']) {
  const own = fields.filter((field) => field.side === side);
  return { fields: own, rows: own.map((f) => f.features), labels: own.map((f) => f.label) };
}

/** Fits a classical model on the training side; the validation side tells boosted trees when to stop. */
export const fitClassical = (model: ClassicalModel, run: FitRun): Promise<FittedClassical> =>
  model === 'svm' ? fitMachine(run) : fitTrees(run);

async function fitMachine({ fields, seed, work, onProgress }: FitRun): Promise<FittedClassical> {
  const { fields: own, rows, labels } = sideOf(fields, 'train');
  const folds = splitFolds(own, FOLDS, seed);
  const weights = classWeights(labels, MATURITY_STAGES.length);
  const report = reporter('stages', GRID_POINTS, onProgress);
  const { known, keep } = await searchState(join(work, 'search.json'));
  let done = 0;
  const { machine, search } = await fitSvm({ rows, labels, folds, weights }, async (sigma, c, measure) => {
    const accuracy = known(sigma, c) ?? measure();
    await keep(sigma, c, accuracy);
    report(++done, { accuracy });
    await breathe();
    return accuracy;
  });
  const { sigma, c } = search[0] ?? { sigma: machine.sigma, c: 1 };
  return {
    architecture: { kind: 'svm', config: { features: FEATURES_VERSION, sigma, c } },
    weights: svmTensors(machine),
    fit: {
      kind: 'svm',
      folds: FOLDS,
      search: [...search],
      supportVectors: machine.vectors.length / machine.mean.length,
    },
  };
}

const keptSchema = z.record(z.string(), z.number());

/** What earlier starts of the run have measured of the grid. */
async function searchState(file: string) {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const found = keptSchema.parse(JSON.parse(text));
  const key = (sigma: number, c: number): string => `${sigma} ${c}`;
  return {
    known: (sigma: number, c: number): number | undefined => found[key(sigma, c)],
    keep: async (sigma: number, c: number, accuracy: number): Promise<void> => {
      found[key(sigma, c)] = accuracy;
      await writeWhole(file, new TextEncoder().encode(JSON.stringify(found)));
    },
  };
}

async function fitTrees({ fields, seed, onProgress }: FitRun): Promise<FittedClassical> {
  const [training, validation] = [sideOf(fields, 'train'), sideOf(fields, 'validation')];
  const weights = classWeights(training.labels, MATURITY_STAGES.length);
  const report = reporter('stages', STUDY_BOOSTING.rounds, onProgress);
  const { trees, history, best } = await fitBoostedTrees(
    {
      training,
      validation,
      weights,
      seed,
      onRound: async ({ round, validationLoss, accuracy }) => {
        report(round, { epoch: round, loss: validationLoss, accuracy });
        await breathe();
      },
    },
    STUDY_BOOSTING,
  );
  return {
    architecture: { kind: 'xgboost', config: STUDY_BOOSTING },
    weights: treesTensors(trees),
    fit: {
      kind: 'xgboost',
      history: history.map(
        ({ round, loss, accuracy, validationLoss }): EpochRecord => ({
          epoch: round,
          loss,
          accuracy,
          validation: { 'validation loss': validationLoss },
          score: validationLoss,
        }),
      ),
      best,
      nodes: trees.features.length,
    },
  };
}
