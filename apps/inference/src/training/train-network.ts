import { join } from 'node:path';
import {
  DomainError,
  type TrainingEpoch,
  type TrainingMaskEpoch,
  type TrainingProgress,
} from '@blastwise/contracts';
import type { ClaimedTraining, Queryable } from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import type { ModelStore } from '@blastwise/db/model-store';
import {
  hybridConfigOf,
  loadArtifact,
  type NetworkProgress,
  type NetworkRecipe,
  networkRecipeFor,
  type RetrainedNetwork,
  retrainNetwork,
} from '@blastwise/model';
import { lockedImages, lockedMarks } from './locked-images.ts';
import type { TrainingRun } from './training-run.ts';

export interface NetworkRun extends TrainingRun {
  readonly db: Queryable;
  readonly blobs: BlobStore;
  readonly models: ModelStore;
  /** Null: the service was started without one. */
  readonly dataFolder: string | null;
  /** Instead of the model's own. */
  readonly recipe: NetworkRecipe | undefined;
}

/** Trains blocks and U-Net of the base, telling what `NetworkProgress` says as the portal shows it. */
export async function trainNetwork(training: ClaimedTraining, run: NetworkRun): Promise<RetrainedNetwork> {
  const { base, blobs, db, models, dataFolder, folder, costs, signal, note, onEpoch } = run;
  if (dataFolder === null)
    throw new DomainError(
      'CONFLICT',
      'The inference service that took the training has no data folder: start every one with BLASTWISE_DATA_FOLDER.',
    );
  const { manifest, costWeight, seed, progress, passedOver } = training;
  const { manifest: model } = await loadArtifact(base);
  const recipe = run.recipe ?? networkRecipeFor(hybridConfigOf(model, 'retrained'));
  const { stages } = recipe;
  return retrainNetwork(base, manifest, {
    dataFolder,
    readFile: (sha256) => blobs.get(sha256),
    folder: join(folder, 'network'),
    resume: true,
    recipe: { ...recipe, stages: { ...stages, costWeight: costWeight ?? 0 } },
    costs,
    seed,
    passedOver: passedOver ?? undefined,
    lockedImages: [...(await lockedImages(db, blobs, signal)), ...(await lockedMarks(db, models, signal))],
    signal,
    onProgress: networkTeller(progress, note, onEpoch),
  });
}

/** Counts are told this often at most: every one that is told is written and seen on all open pages. */
const TELL_EVERY_MS = 500;

function networkTeller(
  before: TrainingProgress | null,
  note: TrainingRun['note'],
  onEpoch: TrainingRun['onEpoch'],
): (progress: NetworkProgress) => void {
  const masks: TrainingMaskEpoch[] = before && 'masks' in before ? [...before.masks] : [];
  let toldAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (progress.phase === 'epochs') return onEpoch(progress);
    if (progress.phase === 'masks') {
      const { epoch, of, loss, dice, secondsLeft } = progress;
      keepUpTo(masks, epoch);
      masks.push({ epoch, loss, dice });
      return note({ phase: 'masks', of, secondsLeft, masks: [...masks] });
    }
    const { phase, done, of } = progress;
    const now = performance.now();
    if (done < of && now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    note({ phase: phase === 'cache' ? 'views' : phase, done, of });
  };
}

/** Drops what an earlier attempt told of this epoch and of later ones. */
export function keepUpTo(history: (TrainingEpoch | TrainingMaskEpoch)[], epoch: number): void {
  const known = history.findIndex((earlier) => earlier.epoch >= epoch);
  history.splice(known < 0 ? history.length : known);
}
