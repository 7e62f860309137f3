import { readFile, stat } from 'node:fs/promises';
import { type CostMatrix, DomainError, MATURITY_STAGES, STUDY_COSTS, stageIndex } from '@blastwise/contracts';
import { z } from 'zod';
import { writeWhole } from '../artifact/index.ts';
import { inspectDataset, readSplit, refuseLeaks, SIDES, type Split, splitDataset } from '../dataset/index.ts';
import { type Recipe, STARTER_RECIPE, type TrainingConfig, trainingConfigSchema } from './config.ts';
import { dataHash, type TrainingField } from './fields.ts';
import type { RunRecord } from './report/index.ts';

export interface ConfigOptions {
  readonly recipe?: Recipe;
  readonly initial?: TrainingConfig['initial'];
  readonly costs?: CostMatrix;
  readonly epochs?: number;
  readonly maskEpochs?: number;
  readonly folds?: number;
  readonly seed: number;
}

/** The recipe with what the caller changed. @throws DomainError BAD_INPUT naming the first value out of range. */
export function configOf({
  recipe = STARTER_RECIPE,
  initial,
  costs = STUDY_COSTS,
  epochs,
  maskEpochs,
  folds = 0,
  seed,
}: ConfigOptions) {
  const stages = { ...recipe.stages, epochs: epochs ?? recipe.stages.epochs };
  const masks = { ...recipe.masks, epochs: maskEpochs ?? recipe.masks.epochs };
  const parsed = trainingConfigSchema.safeParse({
    ...recipe,
    hybrid: { ...recipe.hybrid, seed },
    ...(initial && { initial }),
    masks,
    stages,
    folds,
    costs,
    seed,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(
    'BAD_INPUT',
    `The training's ${issue?.path.join('.')} is not valid: ${issue?.message}`,
  );
}

const secondsSchema = z.record(z.string(), z.number().nonnegative());

/** Seconds that the phases of a run took before it was killed; none where nothing was kept. */
export async function keptSeconds(file: string): Promise<Record<string, number>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return secondsSchema.parse(JSON.parse(text));
}

export const keepSeconds = (file: string, seconds: Record<string, number>): Promise<void> =>
  writeWhole(file, new TextEncoder().encode(JSON.stringify(seconds)));

export async function refuseOccupied(out: string, overwrite: boolean): Promise<void> {
  if (overwrite || !(await stat(out).catch(() => null))) return;
  throw new DomainError('CONFLICT', `${out} exists already.`);
}

/** Checkpoints of a run that did not end are hours of work. @throws DomainError CONFLICT where `work` holds some. */
export async function refuseUnfinished(work: string): Promise<void> {
  if (await stat(work).catch(() => null))
    throw new DomainError(
      'CONFLICT',
      `${work} holds a run that did not end: go on with --resume, or start anew with --force.`,
    );
}

const CONTINUE = 'ask for the same, or start anew with --force.';
const OTHER_CONFIG = `The run to resume was started with another configuration: ${CONTINUE}`;

/** A run resumed with another configuration would be neither of the two. @throws DomainError CONFLICT with `conflict`. */
export async function keepConfig(
  file: string,
  config: unknown,
  conflict: (kept: string) => string = () => OTHER_CONFIG,
): Promise<void> {
  const text = JSON.stringify(config);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && kept !== text) throw new DomainError('CONFLICT', conflict(kept));
  await writeWhole(file, new TextEncoder().encode(text));
}

/**
 * Keeps what a training was started with, beside its state.
 *
 * @param data the {@link dataHash} of its split.
 * @throws DomainError CONFLICT for one to resume that was started with another configuration, or on another split.
 */
export const keepStart = (file: string, config: object, data: string): Promise<void> =>
  keepConfig(file, { ...config, data }, (kept) => conflictOf(kept, data));

const startedSchema = z.object({ data: z.string() });

function conflictOf(kept: string, data: string): string {
  const started = startedSchema.safeParse(jsonOf(kept));
  if (!started.success)
    return 'The run to resume does not say on which split it was started: start anew with --force.';
  return started.data.data === data
    ? OTHER_CONFIG
    : `The run to resume was started on another split: ${CONTINUE}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The split of the file, leaks refused unless it is random by intent; or one by groups where none is named. */
export async function splitOf(data: string, file: string | undefined, seed: number): Promise<Split> {
  if (file !== undefined) {
    const split = await readSplit(file);
    if (split.strategy !== 'random') refuseLeaks(split.fields);
    return split;
  }
  return splitDataset(await inspectDataset(data), { strategy: 'grouped', seed });
}

/** Every stage must stand on every side that a run cannot do without; a split may have no calibration side. */
export function refuseEmptySides(split: Split): void {
  for (const side of SIDES) {
    if (side === 'calibration' && !split.fields.some((f) => f.side === side)) continue;
    for (const stage of MATURITY_STAGES) {
      if (!split.fields.some((f) => f.side === side && f.stage === stage))
        throw new DomainError('BAD_INPUT', `The split has no ${stage} fields on its ${side} side: add some.`);
    }
  }
}

const UNKNOWN_ORIGIN =
  'Nothing was recorded of the origin of the fields or of how their stages were confirmed.';

/** What the run record says of the data. */
export function dataRecord(
  fields: readonly Pick<TrainingField, 'side' | 'stage' | 'group'>[],
  split: Split,
  about = UNKNOWN_ORIGIN,
): RunRecord['data'] {
  const counts = (side: TrainingField['side']): [number, number, number, number] => {
    const count: [number, number, number, number] = [0, 0, 0, 0];
    for (const f of fields) if (f.side === side) count[stageIndex(f.stage) as 0 | 1 | 2 | 3] += 1;
    return count;
  };
  return {
    about,
    hash: dataHash(split.fields),
    strategy: split.strategy,
    ...(split.grouping ? { grouping: split.grouping } : {}),
    groups: new Set(fields.map((f) => f.group)).size,
    train: counts('train'),
    validation: counts('validation'),
    calibration: counts('calibration'),
    test: counts('test'),
  };
}
