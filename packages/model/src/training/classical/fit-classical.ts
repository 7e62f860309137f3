import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { z } from 'zod';
import { type NamedTensor, writeWhole } from '../../artifact/index.ts';
import {
  BOOSTING_GRID,
  type BoostingPoint,
  byLoss,
  type ClassicalArchitecture,
  type ClassicalModel,
  crossValidate,
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
import { breathe, type OnProgress, type Report, reporter } from '../progress.ts';
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

/** The training side, dealt into the folds of the search. */
function foldedSide({ fields, seed }: FitRun) {
  const { fields: own, rows, labels } = sideOf(fields, 'train');
  const weights = classWeights(labels, MATURITY_STAGES.length);
  return { rows, labels, folds: splitFolds(own, FOLDS, seed), weights, seed };
}

const searchFile = ({ work }: FitRun): string => join(work, 'search.json');

async function fitMachine(run: FitRun): Promise<FittedClassical> {
  const report = reporter('stages', GRID_POINTS, run.onProgress);
  const { measured } = await searchState(searchFile(run), z.number());
  let done = 0;
  const { machine, search } = await fitSvm(foldedSide(run), async (sigma, c, measure) => {
    const accuracy = await measured([sigma, c], measure);
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

const heldOutSchema = z.strictObject({ rounds: z.number(), loss: z.number(), accuracy: z.number() });

/** What earlier starts of the run have measured of the grid, and what this one measures. */
async function searchState<T>(file: string, schema: z.ZodType<T>) {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const found = z.record(z.string(), schema).parse(JSON.parse(text));
  return {
    measured: async (point: readonly number[], measure: () => T | Promise<T>): Promise<T> => {
      const key = point.join(' ');
      const value = found[key] ?? (await measure());
      found[key] = value;
      await writeWhole(file, new TextEncoder().encode(JSON.stringify(found)));
      return value;
    },
  };
}

async function fitTrees(run: FitRun): Promise<FittedClassical> {
  const report = reporter('stages', BOOSTING_GRID.length + 1, run.onProgress);
  const search = await searchTrees(run, report);
  const { depth, rate, subsample } = search[0] ?? STUDY_BOOSTING;
  const config = { ...STUDY_BOOSTING, depth, rate, subsample };
  const [training, validation] = [sideOf(run.fields, 'train'), sideOf(run.fields, 'validation')];
  const weights = classWeights(training.labels, MATURITY_STAGES.length);
  const { trees, history, best } = await fitBoostedTrees(
    { training, validation, weights, seed: run.seed },
    config,
    async ({ round, validationLoss, accuracy }) => {
      report(BOOSTING_GRID.length, { epoch: round, loss: validationLoss, accuracy });
      await breathe();
    },
  );
  report(BOOSTING_GRID.length + 1);
  return {
    architecture: { kind: 'xgboost', config },
    weights: treesTensors(trees),
    fit: {
      kind: 'xgboost',
      folds: FOLDS,
      search,
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

/**
 * Every point of the grid by grouped cross-validation of the training side, the best first; none where its groups all fall into
 * one fold.
 */
async function searchTrees(run: FitRun, report: Report): Promise<BoostingPoint[]> {
  const folded = foldedSide(run);
  if (new Set(folded.folds).size < 2) return [];
  const { measured } = await searchState(searchFile(run), heldOutSchema);
  const points: BoostingPoint[] = [];
  for (const [i, searched] of BOOSTING_GRID.entries()) {
    const { depth, rate, subsample } = searched;
    const heldOut = await measured([depth, rate, subsample], () =>
      crossValidate(folded, { ...STUDY_BOOSTING, ...searched }, async ({ rounds, loss, accuracy }) => {
        report(i, { epoch: rounds, loss, accuracy });
        await breathe();
      }),
    );
    points.push({ ...searched, ...heldOut });
    report(i + 1, { loss: heldOut.loss, accuracy: heldOut.accuracy });
  }
  return points.sort(byLoss);
}
