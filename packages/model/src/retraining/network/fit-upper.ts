import { join } from 'node:path';
import {
  buildHybrid,
  foldBatchNorms,
  freezeThrough,
  type HybridParts,
  loadWeights,
} from '../../architecture/index.ts';
import type { NamedTensor } from '../../artifact/index.ts';
import type { CachedView } from '../../training/cache/index.ts';
import type { FitResult } from '../../training/fit.ts';
import { askingUpper, trainStages, type UpperAnswer } from '../../training/stages/index.ts';
import { copyWeights } from '../../training/weights.ts';
import { progressTeller } from '../fit-head.ts';
import type { ValidationFigures } from '../judge-validation.ts';
import { networkJudge } from './judge-network.ts';
import type { NetworkOptions } from './options.ts';
import type { PreparedNetwork } from './prepare.ts';

export interface FittedUpper extends FitResult {
  /** Without batch norms. */
  readonly weights: readonly NamedTensor[];
  /** By the name of the judging view. */
  readonly answers: Readonly<Record<string, UpperAnswer>>;
  readonly after: ValidationFigures;
}

/** Trains the upper part from the base's weights, its batch norms given back while it learns where the recipe says so. */
export async function fitUpper(
  run: PreparedNetwork,
  seed: number,
  { whole }: HybridParts,
  views: readonly CachedView[],
  { folder, resume = false, signal, onProgress }: NetworkOptions,
): Promise<FittedUpper> {
  const { fields, weights, hybrid, recipe, costs } = run;
  const { frozenThrough, unfoldBatchNorms: unfold, epochs } = recipe.stages;
  const parts = buildHybrid(hybrid, { unfold });
  try {
    loadWeights(parts.whole, new Map((await copyWeights(whole)).map((w) => [w.name, w])), { partial: true });
    if (frozenThrough !== undefined) freezeThrough(parts.upper, frozenThrough);
    const labelled = fields.map(({ label, side }, i) => ({ label, side, weight: weights[i] ?? 1 }));
    const tell = progressTeller(epochs, (epoch) => onProgress?.({ phase: 'epochs', ...epoch }));
    return await askingUpper(parts.upper, async (ask) => {
      const judge = networkJudge(ask, views, run, costs);
      const fitted = await trainStages(labelled, views, parts, recipe.stages, costs, {
        seed,
        checkpoint: join(folder, 'stages.safetensors'),
        resume,
        signal,
        judge: async () => {
          const { score, figures } = await judge();
          return { score, figures: { ...figures } };
        },
        onEpoch: tell,
      });
      const answers: Record<string, UpperAnswer> = {};
      for (const view of views.filter(({ use }) => use === 'judge')) answers[view.name] = await ask(view);
      const { figures: after } = await judge();
      return { ...fitted, weights: foldBatchNorms(await copyWeights(parts.upper)), answers, after };
    });
  } finally {
    parts.dispose();
  }
}
