import { join } from 'node:path';
import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import type { HybridConfig } from '../../architecture/index.ts';
import { type Artifact, type Lineage, loadArtifact } from '../../artifact/index.ts';
import { dataHash, loadTrainingFields, type TrainingField } from '../../training/fields.ts';
import { holdOut } from '../hold-out.ts';
import { keepTerms, lineageOf } from '../prepare.ts';
import { heldOutImages, retrainableNetwork, splitOfBase, verifyBaseFolder } from './base-folder.ts';
import {
  type CorrectedImage,
  checkImages,
  correctionOfImage,
  type FingerprintedImage,
  fingerprinted,
} from './corrected-image.ts';
import type { NetworkOptions } from './options.ts';
import { checkNetworkRecipe, type NetworkRecipe, networkRecipeFor } from './recipe.ts';
import { correctedTrainingField } from './training-field.ts';

/** A retraining of a network up to its first step. */
export interface PreparedNetwork {
  readonly base: Artifact;
  readonly hybrid: HybridConfig;
  /** The base's own fields, without its test side, then the corrected ones by id. */
  readonly fields: readonly TrainingField[];
  /** How many of them are the base's own. */
  readonly own: number;
  /** How much each counts in the loss of the stages. */
  readonly weights: readonly number[];
  readonly lineage: Lineage;
  readonly folderHash: string;
  readonly recipe: NetworkRecipe;
  readonly costs: CostMatrix;
  readonly seed: number;
}

/** Checks and gathers what a network is to be trained from. @throws DomainError see `retrainNetwork`. */
export async function prepareNetwork(
  baseDir: string,
  corrected: readonly CorrectedImage[],
  options: NetworkOptions,
): Promise<PreparedNetwork> {
  const { costs = STUDY_COSTS, seed = 1, folder, resume = false, signal } = options;
  const base = await loadArtifact(baseDir);
  const hybrid = retrainableNetwork(base);
  const recipe = checkNetworkRecipe(options.recipe ?? networkRecipeFor(hybrid));
  const split = splitOfBase(base);
  const files = await verifyBaseFolder(options.dataFolder, split, signal);
  const images = await fingerprintAll(checkImages(corrected), options);
  const held = await heldOutImages(files, signal);
  const { learned, ...kept } = holdOut(base, images, [...(options.lockedImages ?? []), ...held]);
  const lineage = lineageOf(base, learned.map(correctionOfImage), {
    ...kept,
    passedOver: options.passedOver,
  });

  const ownFields = split.fields.filter(({ side }) => side !== 'test');
  const folderHash = dataHash(ownFields);
  await keepTerms(folder, resume, { recipe, costs, seed, lineage, folderHash });
  const own = await loadTrainingFields(
    options.dataFolder,
    ownFields,
    join(folder, 'weak-masks.safetensors'),
    counter(options, 'folder', ownFields.length),
  );
  const fields = [...own, ...(await correctedFields(learned, recipe.editedWeight, options))];
  return {
    base,
    hybrid,
    fields,
    own: own.length,
    weights: [...own.map(() => 1), ...learned.map(({ weight }) => weight)],
    lineage,
    folderHash,
    recipe,
    costs,
    seed,
  };
}

/** Counts up one phase; the run ends at the next count where its signal says so. */
export function counter(
  { signal, onProgress }: Pick<NetworkOptions, 'signal' | 'onProgress'>,
  phase: 'folder' | 'fields' | 'cache',
  of: number,
): (done: number) => void {
  return (done) => {
    signal?.throwIfAborted();
    onProgress?.({ phase, done, of });
  };
}

async function fingerprintAll(
  images: readonly CorrectedImage[],
  { readFile, signal }: NetworkOptions,
): Promise<FingerprintedImage[]> {
  const all: FingerprintedImage[] = [];
  for (const image of images) {
    signal?.throwIfAborted();
    all.push(await fingerprinted(image, readFile));
  }
  return all;
}

async function correctedFields(
  learned: readonly CorrectedImage[],
  editedWeight: number,
  options: NetworkOptions,
): Promise<TrainingField[]> {
  const count = counter(options, 'fields', learned.length);
  const fields: TrainingField[] = [];
  for (const image of learned) {
    fields.push(await correctedTrainingField(image, editedWeight, options.readFile));
    count(fields.length);
  }
  return fields;
}
