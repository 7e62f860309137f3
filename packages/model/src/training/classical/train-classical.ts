import { join, resolve } from 'node:path';
import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import {
  type ArtifactContent,
  CARD_FILE,
  contentDigest,
  SPLIT_FILE,
  saveArtifact,
} from '../../artifact/index.ts';
import { CALIBRATION_METHOD, type Calibration, calibrate, fitCalibration } from '../../calibration/index.ts';
import { type ClassicalModel, type Classifier, openClassifier } from '../../classical/index.ts';
import { fitConformal } from '../../conformal/index.ts';
import { type Split, verifySplit } from '../../dataset/index.ts';
import { mostProbable } from '../../decision/index.ts';
import { PREPROCESSING_VERSION } from '../../images/index.ts';
import { removeFolder } from '../checkpoint.ts';
import { dataHash } from '../fields.ts';
import { type OnProgress, reporter, stopwatch } from '../progress.ts';
import { historyPlot } from '../report/index.ts';
import {
  dataRecord,
  keepSeconds,
  keepStart,
  keptSeconds,
  refuseEmptySides,
  refuseOccupied,
  splitOf,
} from '../run-inputs.ts';
import { calibrationRecord } from '../stages/calibration-record.ts';
import { classicalCard } from './card.ts';
import { type FittedClassical, fitClassical } from './fit-classical.ts';
import { judgeClassical, judgingSteps } from './judge-classical.ts';
import { type FeatureField, readFeatures } from './read-features.ts';
import type { ClassicalRecord } from './record.ts';

export interface TrainClassicalOptions {
  readonly model: ClassicalModel;
  /** A folder with one folder of images a stage. */
  readonly data: string;
  /** Origin of the fields and how their stages were confirmed, for the model card. */
  readonly about?: string;
  /** A split.json; without one the folder is split by groups. */
  readonly split?: string;
  /** The costs of the report; the study's by default. */
  readonly costs?: CostMatrix;
  /** Continue a run into the same `out` that was killed. */
  readonly resume?: boolean;
  readonly seed?: number;
  /** The result's folder; the state of the run lies beside it, in `<out>.training`, until it is done. */
  readonly out: string;
  readonly overwrite?: boolean;
  readonly onProgress?: OnProgress;
}

export interface TrainedClassical {
  readonly dir: string;
  readonly digest: string;
  readonly run: ClassicalRecord;
}

/**
 * Trains one of the study's classical systems: features, fit, calibration on the validation side, judgement on the test
 * side, artifact. Features and searched points are kept in `<out>.training`, so a killed run can be resumed.
 *
 * @throws DomainError BAD_INPUT, NOT_FOUND, CONFLICT, LEAK_FOUND for what is given.
 */
export async function trainClassical(options: TrainClassicalOptions): Promise<TrainedClassical> {
  const { model, data, costs = STUDY_COSTS, seed = 1, onProgress = () => {}, overwrite = false } = options;
  const out = resolve(options.out);
  const work = `${out}.training`;
  await refuseOccupied(out, overwrite);
  const split = await splitOf(data, options.split, seed);
  refuseEmptySides(split);
  if (!options.resume) await removeFolder(work);
  await keepStart(join(work, 'config.json'), { model, costs, seed }, dataHash(split.fields));
  const clock = join(work, 'seconds.json');
  const { seconds, time: timed } = stopwatch(await keptSeconds(clock));
  const time: typeof timed = (phase, part) => timed(phase, part).finally(() => keepSeconds(clock, seconds));

  const learned = split.fields.filter(({ side }) => side !== 'test').length;
  const fields = await time('fields', () =>
    readFeatures(data, split, join(work, 'features.safetensors'), reporter('fields', learned, onProgress)),
  );
  const fitted = await time('stages', () => fitClassical(model, { fields, seed, work, onProgress }));
  const { content, judge, calibration, trainAccuracy } = contentOf(model, fitted, fields, split);
  const test = await time('artifact', async () => {
    const judged = await verifySplit(data, split, 'test');
    const report = reporter('artifact', judgingSteps(judged.length), onProgress);
    return judgeClassical(judged, judge, costs, { seed, report });
  });
  const run: ClassicalRecord = {
    config: { model, costs, seed },
    engine: { name: 'cpu', reasons: [] },
    data: dataRecord(split.fields, split, options.about),
    seconds,
    fit: fitted.fit,
    parameters: fitted.weights.reduce((sum, { data: values }) => sum + values.length, 0),
    calibration,
    trainAccuracy,
    test,
  };
  const digest = await save(out, content, run, overwrite);
  await removeFolder(work);
  return { dir: out, digest, run };
}

type Content = Omit<ArtifactContent, 'run'>;

const stagesOf = (fields: readonly FeatureField[]) => fields.map(({ stage }) => stage);

/** What decides the answers: the fitted weights, and a calibration of the side that they were not fitted on. */
function contentOf(
  name: ClassicalModel,
  { architecture, weights }: FittedClassical,
  fields: readonly FeatureField[],
  split: Split,
) {
  const classify = openClassifier(architecture, new Map(weights.map((tensor) => [tensor.name, tensor])));
  const side = (wanted: FeatureField['side']) => fields.filter((field) => field.side === wanted);
  const [validation, held] = [side('validation'), side('calibration')];
  const logits = validation.map(({ features }) => classify(features));
  const calibration = fitCalibration(logits, stagesOf(validation));
  const { temperature, bias, prior } = calibration;
  const content: Content = {
    name,
    architecture,
    preprocessing: PREPROCESSING_VERSION,
    calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
    ...(held.length > 0 && {
      conformal: fitConformal(
        held.map(({ features }) => calibrate(classify(features), calibration)),
        stagesOf(held),
      ),
    }),
    weights,
    files: { [SPLIT_FILE]: `${JSON.stringify(split)}\n` },
  };
  return {
    content,
    judge: { classify, calibration },
    calibration: calibrationRecord(calibration, logits, stagesOf(validation)),
    trainAccuracy: namedRight(side('train'), classify, calibration),
  };
}

function namedRight(fields: readonly FeatureField[], classify: Classifier, calibration: Calibration): number {
  const right = fields.filter(
    ({ features, stage }) => mostProbable(calibrate(classify(features), calibration)) === stage,
  );
  return right.length / fields.length;
}

function save(out: string, content: Content, run: ClassicalRecord, overwrite: boolean): Promise<string> {
  const files = {
    ...content.files,
    ...(run.fit.kind === 'xgboost' && {
      'history.svg': historyPlot([{ title: 'Boosting rounds', history: run.fit.history }]),
    }),
    [CARD_FILE]: classicalCard({ ...content, digest: contentDigest({ ...content, run: {} }) }, run),
  };
  const plain = JSON.parse(JSON.stringify(run)) as ArtifactContent['run'];
  return saveArtifact(out, { ...content, run: plain, files }, { overwrite });
}
