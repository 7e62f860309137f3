import { join } from 'node:path';
import { foldBatchNorms, freezeThrough } from '../../architecture/index.ts';
import type { NamedTensor } from '../../artifact/index.ts';
import { startingParts } from '../backbone-start.ts';
import type { CachedView } from '../cache/index.ts';
import type { TrainingConfig } from '../config.ts';
import type { FitResult } from '../fit.ts';
import type { Report } from '../progress.ts';
import { copyWeights } from '../weights.ts';
import { askingUpper, type UpperAnswer } from './answer.ts';
import { type LabelledField, trainStages } from './train-stages.ts';

/** One training of the upper part, and what it shall answer with its best weights. */
export interface StagesJob {
  /** Names its checkpoint, `<name>.safetensors`. */
  readonly name: string;
  readonly config: TrainingConfig;
  /** What the backbone's weights are loaded from; null where they are drawn. */
  readonly backboneFile: string | null;
  readonly fields: readonly LabelledField[];
  readonly views: readonly CachedView[];
  /** Asked of every judging view: rows whose field lies on one of these sides. */
  readonly ask: readonly LabelledField['side'][];
  readonly seed: number;
  readonly folder: string;
  readonly resume: boolean;
}

export interface StagesResult extends FitResult {
  /** The upper part's weights, those of the best epoch. */
  readonly weights: readonly NamedTensor[];
  /** By the name of the judging view. */
  readonly answers: Readonly<Record<string, UpperAnswer>>;
}

/** Trains one upper part from the backbone's first weights; the engine must have been chosen. */
export async function runStagesJob(job: StagesJob, report: Report): Promise<StagesResult> {
  const { name, config, backboneFile, fields, views, ask, seed, folder, resume } = job;
  const { unfoldBatchNorms: unfold } = config.stages;
  const parts = await startingParts(config, backboneFile, { unfold });
  try {
    const { frozenThrough } = config.stages;
    if (frozenThrough !== undefined) freezeThrough(parts.upper, frozenThrough);
    const checkpoint = join(folder, `${name}.safetensors`);
    const options = { seed, checkpoint, resume, report };
    const fitted = await trainStages(fields, views, parts, config.stages, config.costs, options);
    const answers: Record<string, UpperAnswer> = {};
    await askingUpper(parts.upper, async (askUpper) => {
      for (const view of views.filter(({ use }) => use === 'judge')) {
        answers[view.name] = await askUpper(view, (f) => ask.includes(fields[f]?.side ?? 'test'));
      }
    });
    return { ...fitted, weights: foldBatchNorms(await copyWeights(parts.upper)), answers };
  } finally {
    parts.dispose();
  }
}
