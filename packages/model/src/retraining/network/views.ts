import type { HybridParts } from '../../architecture/index.ts';
import { exportLowerOnnx } from '../../export/index.ts';
import { mixSeed } from '../../random/index.ts';
import {
  type CachedView,
  cacheViews,
  planViews,
  shownBy,
  type ViewPlan,
} from '../../training/cache/index.ts';
import type { TrainingField } from '../../training/fields.ts';
import { copyWeights } from '../../training/weights.ts';
import { judgedFields } from './judge-network.ts';
import type { NetworkOptions } from './options.ts';
import { counter, type PreparedNetwork } from './prepare.ts';

/** Views whose features tell what is familiar. */
export const FAMILIAR = ['plain', 'recoloured', 'grey'] as const;
const SEEDS = { base: 11, views: 12 } as const;

async function lowerOf({ config, whole }: HybridParts): Promise<Uint8Array> {
  return exportLowerOnnx(config, new Map((await copyWeights(whole)).map((w) => [w.name, w])));
}

/** The views of a training without folds; of what is familiar also the training side, to learn the novelty score anew. */
function plansOf({ recipe }: PreparedNetwork): ViewPlan[] {
  return planViews(recipe.stages, 0).map((plan) =>
    plan.use === 'judge' && FAMILIAR.some((kind) => kind === plan.kind)
      ? { ...plan, sides: ['train', 'validation', 'calibration'] }
      : plan,
  );
}

/** What the network's frozen part says of every planned view. */
export async function cacheNetworkViews(
  run: PreparedNetwork,
  parts: HybridParts,
  options: NetworkOptions,
): Promise<CachedView[]> {
  const { fields, seed } = run;
  const plans = plansOf(run);
  const total = plans.reduce((sum, plan) => sum + shownBy(plan, fields).length, 0);
  return cacheViews(fields, plans, await lowerOf(parts), {
    seed: mixSeed(seed, SEEDS.views),
    folder: options.folder,
    report: counter(options, 'cache', total),
  });
}

/** What the base says of the fields as they are that the epochs will be judged on, rows by index of all fields. */
export async function baseView(
  run: PreparedNetwork,
  parts: HybridParts,
  { folder, signal }: NetworkOptions,
): Promise<CachedView> {
  const judged = judgedFields(run);
  const some = judged.flatMap((i): TrainingField[] => run.fields.slice(i, i + 1));
  const plan: ViewPlan = { name: 'base-plain', use: 'judge', kind: 'plain', sides: ['train', 'validation'] };
  const [view] = await cacheViews(some, [plan], await lowerOf(parts), {
    seed: mixSeed(run.seed, SEEDS.base),
    folder,
    report: () => signal?.throwIfAborted(),
  });
  if (!view) throw new RangeError('The base was asked nothing.');
  return { ...view, fields: Int32Array.from(judged) };
}
