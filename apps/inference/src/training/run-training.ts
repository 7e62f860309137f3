import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DomainError,
  type TrainingEpoch,
  type TrainingOutcome,
  withdrawnFieldSchema,
} from '@blastwise/contracts';
import {
  type ClaimedTraining,
  claimTraining,
  failTraining,
  findCosts,
  finishTraining,
  isDatabaseAway,
  noteTrainingProgress,
  type Queryable,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import type { ModelStore } from '@blastwise/db/model-store';
import {
  type Correction,
  loadArtifact,
  type NetworkRecipe,
  type NetworkRecord,
  type RetrainedHead,
  type RetrainedNetwork,
  type RetrainingProgress,
  reservedForTest,
  saveArtifact,
} from '@blastwise/model';
import type { z } from 'zod';
import { describeError, type Logger } from '../log.ts';
import { identityOf } from '../predictions/model-identity.ts';
import { baseFolder } from './base-folder.ts';
import { refuseModelOfLocked } from './locked-images.ts';
import { progressNotes } from './progress-notes.ts';
import { trainHead } from './train-head.ts';
import { keepUpTo, trainNetwork } from './train-network.ts';

export interface RunOptions {
  db: Queryable;
  blobs: BlobStore;
  models: ModelStore;
  /** The artifact that the service was started with. */
  modelDir: string;
  /** A folder a training for its checkpoints, on the model store's file system. */
  runDir: string;
  /** The fields that models were trained from; null: the service was started without. */
  dataFolder: string | null;
  /** Of networks, instead of the model's own. */
  networkRecipe?: NetworkRecipe;
  /** Stops the run, which may be taken up again. */
  signal: AbortSignal;
  log: Logger;
}

/** `over`: it had ended already, was cancelled, or another worker has it. */
export type RunEnd = 'finished' | 'failed' | 'over';

/**
 * Works on one training to its end: read the fields, train, store the model, make it known. Taken up again after a kill
 * at any point it goes on from the last epoch and ends with one result.
 *
 * @throws the signal's reason; whatever another try may heal, as when the database is away.
 */
export async function runTraining(id: string, options: RunOptions): Promise<RunEnd> {
  const { db, signal, log } = options;
  const training = await claimTraining(db, id);
  if (!training) return 'over';
  const lost = new AbortController();
  try {
    const finished = await train(training, {
      ...options,
      signal: AbortSignal.any([signal, lost.signal]),
      onLost: () => lost.abort(new Error('The training is no longer ours.')),
    });
    return finished ? 'finished' : 'over';
  } catch (error) {
    if (lost.signal.aborted) return 'over';
    if (signal.aborted || isDatabaseAway(error) || isUnavailable(error)) throw error;
    log.error({ trainingId: id, err: describeError(error) }, 'training failed');
    await failTraining(db, { id, attempt: training.attempt, failure: sentenceOf(error) });
    return 'failed';
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'UNAVAILABLE';

const sentenceOf = (error: unknown): string =>
  error instanceof DomainError
    ? error.message
    : 'The training met an unexpected error, which the log of the inference service names; it can be resumed.';

async function train(
  training: ClaimedTraining,
  options: RunOptions & { onLost: () => void },
): Promise<boolean> {
  const { db, blobs, models, modelDir, runDir, dataFolder, signal, onLost, log } = options;
  const { id, attempt, manifest, kind } = training;
  const costs = await findCosts(db, training.costMatrixId);
  if (!costs) throw new DomainError('NOT_FOUND', 'The costs that the training was asked for are missing.');
  const base = await baseFolder(training.baseDigest, models, modelDir);
  await refuseModelOfLocked(db, await loadArtifact(base));
  await keepOnly(runDir, id);
  const folder = await takeOver(join(runDir, id), attempt);

  const { note, settled } = progressNotes({
    write: (progress) => noteTrainingProgress(db, { id, attempt }, progress),
    onLost,
    onError: (error) => log.warn({ trainingId: id, err: describeError(error) }, 'progress not noted'),
  });
  note({ phase: 'fields', done: 0, of: manifest.length });
  const history: TrainingEpoch[] = epochsKnown(training);
  const run = {
    db,
    blobs,
    models,
    base,
    folder,
    costs: costs.costs,
    signal,
    note,
    onEpoch: ({
      epoch,
      of,
      secondsLeft,
      loss,
      accuracy,
      validationLoss,
      expectedCost,
    }: RetrainingProgress) => {
      keepUpTo(history, epoch);
      history.push({ epoch, loss, accuracy, validationLoss, expectedCost });
      log.info({ trainingId: id, epoch, of, loss, accuracy }, 'epoch done');
      note({ phase: 'epochs', of, secondsLeft, history: [...history] });
    },
  };
  const result =
    kind === 'head'
      ? await trainHead(training, { ...run, dataFolder })
      : await trainNetwork(training, { ...run, dataFolder, recipe: options.networkRecipe });
  note({ phase: 'saving', history: epochsOf(result) });
  await settled();
  signal.throwIfAborted();
  await storeModel(result, join(folder, 'model'), models);
  const artifact = await loadArtifact(models.folderOf(result.digest));
  await refuseModelOfLocked(db, artifact);
  const finished = await finishTraining(
    db,
    { id, attempt },
    { model: identityOf(artifact), outcome: outcomeOf(training, result) },
  );
  if (finished) await rm(join(runDir, id), { recursive: true, force: true });
  return finished;
}

/** Trainings run one at a time: what others have left is of no more use than a few epochs. */
async function keepOnly(runDir: string, id: string): Promise<void> {
  await mkdir(runDir, { recursive: true });
  const others = (await readdir(runDir)).filter((name) => name !== id);
  await Promise.all(others.map((name) => rm(join(runDir, name), { recursive: true, force: true })));
}

/** What the attempt before has left is this one's from now on: a worker thought dead writes beside it. */
async function takeOver(folder: string, attempt: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const earlier = (await readdir(folder)).map(Number).filter((n) => n < attempt);
  const own = join(folder, String(attempt));
  if (earlier.length > 0) await rename(join(folder, String(Math.max(...earlier))), own);
  return own;
}

const epochsKnown = ({ progress }: ClaimedTraining): TrainingEpoch[] =>
  progress && 'history' in progress ? [...progress.history] : [];

type Retrained = RetrainedHead | RetrainedNetwork;

const epochsOf = ({ record }: Retrained): TrainingEpoch[] =>
  record.history.map(({ epoch, loss, accuracy, validation }) => ({
    epoch,
    loss,
    accuracy: accuracy ?? 0,
    validationLoss: validation.loss ?? 0,
    expectedCost: validation.cost ?? 0,
  }));

async function storeModel({ content, digest }: Retrained, folder: string, models: ModelStore): Promise<void> {
  if (await models.has(digest)) return;
  await saveArtifact(folder, content, { overwrite: true });
  await models.add(folder, digest);
}

function outcomeOf({ manifest }: ClaimedTraining, { record, lineage }: Retrained): TrainingOutcome {
  const groupOf = new Map(manifest.map(({ id, group }) => [id, group]));
  const { before, after } = record.validation;
  return {
    epochs: record.history.length,
    bestEpoch: record.bestEpoch,
    learned: lineage.corrections.filter(({ id }) => groupOf.has(id)).length,
    reserved: manifest.filter(({ group }) => reservedForTest(group)).length,
    quarantined: lineage.quarantined.flatMap((field) => {
      const group = groupOf.get(field.id);
      return group === undefined ? [] : [{ ...field, group }];
    }),
    ...(lineage.withdrawn && { withdrawn: lineage.withdrawn.flatMap(ownField) }),
    validation: {
      before: { accuracy: before.accuracy, cost: before.cost },
      after: { accuracy: after.accuracy, cost: after.cost },
    },
    ...(record.kind === 'network-retraining' && { masks: masksOf(record) }),
  };
}

/** What was withdrawn may come from another installation, whose names are no fields here. */
function ownField({ id, group }: Correction): [] | [z.output<typeof withdrawnFieldSchema>] {
  const field = withdrawnFieldSchema.safeParse({ id, group });
  return field.success ? [field.data] : [];
}

const masksOf = ({ masks }: NetworkRecord): TrainingOutcome['masks'] => ({
  edited: masks.edited.train + masks.edited.validation,
  bestEpoch: masks.bestEpoch,
  before: masks.before,
  after: masks.after,
});
