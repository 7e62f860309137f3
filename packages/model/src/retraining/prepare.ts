import { join } from 'node:path';
import { type CostMatrix, canonicalJson, DomainError, STUDY_COSTS } from '@blastwise/contracts';
import {
  type Artifact,
  type Correction,
  decodeFeatures,
  FEATURES_FILE,
  type FeatureTable,
  type Lineage,
  loadArtifact,
  sha256,
} from '../artifact/index.ts';
import { removeFolder } from '../training/checkpoint.ts';
import { keepConfig } from '../training/run-inputs.ts';
import { type CorrectedField, checkCorrected } from './corrected-field.ts';
import { type KnownRow, knownRows, samePixelsAs } from './feature-match.ts';
import { holdOut } from './hold-out.ts';
import type { Quarantined } from './leak-guard.ts';
import { RETRAINING_RECIPE, type RetrainingRecipe, retrainingRecipeSchema } from './recipe.ts';
import type { RetrainOptions } from './retrain-options.ts';
import { type TrainingRows, trainingRows } from './training-rows.ts';

/** A retraining up to its first step. */
export interface PreparedRetraining {
  readonly base: Artifact;
  readonly rows: TrainingRows;
  readonly lineage: Lineage;
  readonly recipe: RetrainingRecipe;
  readonly costs: CostMatrix;
  readonly seed: number;
  /** The file of its state; undefined where nothing is kept. */
  readonly checkpoint: string | undefined;
}

/** Checks and gathers what a head is to be trained from. @throws DomainError see `retrainHead`. */
export async function prepareRetraining(
  baseDir: string,
  corrected: readonly CorrectedField[],
  options: RetrainOptions,
): Promise<PreparedRetraining> {
  const { costs = STUDY_COSTS, seed = 1 } = options;
  const recipe = recipeOf(options.recipe);
  const base = await loadArtifact(baseDir);
  const cached = cachedFeatures(base);
  const checked = checkCorrected(corrected, cached.dimension);
  const inherited = base.manifest.lineage?.corrections.length ?? 0;
  const known = heldOutByFeatures(checked, [
    ...knownRows(cached, ['validation', 'calibration'], cached.sides.length - inherited),
    ...(options.lockedFeatures ?? []).flatMap((table) => knownRows(table, ['test'])),
  ]);
  const { learned, ...held } = holdOut(base, checked, options.lockedImages ?? [], known);
  const rows = trainingRows(cached, inherited, learned);
  const lineage = lineageOf(base, rows.corrections, { ...held, passedOver: options.passedOver });
  const { folder, resume = false } = options;
  const terms = { recipe, costs, seed, lineage };
  if (folder !== undefined) await keepTerms(folder, resume, terms);
  const checkpoint = folder === undefined ? undefined : join(folder, 'head.safetensors');
  return { base, rows, lineage, recipe, costs, seed, checkpoint };
}

/** Fields whose pixels the base keeps features of on a side that nothing is learned from, or a locked set does. */
const heldOutByFeatures = (fields: readonly CorrectedField[], held: readonly KnownRow[]): Quarantined[] =>
  fields.flatMap(({ id, features }) => {
    const same = samePixelsAs(features, held);
    return same ? [{ id, against: same.name, kind: 'pixels' as const }] : [];
  });

function recipeOf(recipe: RetrainingRecipe = RETRAINING_RECIPE): RetrainingRecipe {
  const parsed = retrainingRecipeSchema.safeParse(recipe);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(
    'BAD_INPUT',
    `The retraining's ${issue?.path.join('.')} is not valid: ${issue?.message}`,
  );
}

/** A manifest's lineage of a model made from `base`. */
export const lineageOf = (
  base: Artifact,
  corrections: readonly Correction[],
  held: Pick<Lineage, 'reserved' | 'quarantined' | 'withdrawn' | 'passedOver'>,
): Lineage => ({
  base: base.digest,
  corrections: [...corrections],
  correctionsSha256: sha256(canonicalJson(corrections)),
  reserved: held.reserved,
  quarantined: held.quarantined,
  ...(held.withdrawn && { withdrawn: held.withdrawn }),
  ...(held.passedOver && { passedOver: held.passedOver }),
});

function cachedFeatures(base: Artifact): FeatureTable {
  const bytes = base.file(FEATURES_FILE);
  if (!bytes)
    throw new DomainError(
      'ARTIFACT_INVALID',
      `The model in ${base.dir} holds no ${FEATURES_FILE}: its head cannot be retrained.`,
    );
  const table = decodeFeatures(bytes);
  for (const side of ['train', 'validation'] as const) {
    if (!table.sides.includes(side))
      throw new DomainError(
        'ARTIFACT_INVALID',
        `${FEATURES_FILE} in ${base.dir} has no rows of the ${side} side.`,
      );
  }
  return table;
}

/** Keeps what a run is about: one resumed on other terms would be neither of the two. @throws DomainError CONFLICT. */
export async function keepTerms(
  folder: string,
  resume: boolean,
  terms: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!resume) await removeFolder(folder);
  await keepConfig(join(folder, 'terms.json'), sha256(canonicalJson(terms)));
}
