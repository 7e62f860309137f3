import type { ChosenEngine } from '@blastwise/model';
import { attempt } from './attempt.ts';
import type { BenchContext } from './context.ts';
import { enginesOf, floorOf } from './engines.ts';
import { type BenchRow, floorRow, perThousandRow, timeRow } from './rows.ts';

/** Passes through a network in a training step: forwards, and backwards to the inputs and to the weights. */
const PASSES = 3;

/** What `train` and `retrain` take by themselves: the blocks above the cut, from cached maps. */
export const STARTER = { model: 'mobilenetv2', fineTuning: 'upper', batch: 32 } as const;

/** What is trained on a graphics engine beside it, in batches that a card of 24 GB holds. */
const ON_GRAPHICS = [
  { model: 'mobilenetv2', fineTuning: 'whole', batch: 32 },
  { model: 'vgg16', fineTuning: 'whole', batch: 32 },
  { model: 'densenet201', fineTuning: 'whole', batch: 32 },
  { model: 'convnext-base', fineTuning: 'whole', batch: 16 },
  { model: 'densenet201', fineTuning: 'upper', batch: 32, variant: 'published' },
] as const;

/** Batches of an epoch: 1,024 rows. */
const BATCHES = 32;
const EPOCHS = [{ ...STARTER, fineTuning: 'head' }, STARTER] as const;

type Plan = (typeof ON_GRAPHICS)[number] | (typeof EPOCHS)[number];

const PARTS = { head: 'head alone', upper: 'above its cut', whole: 'whole' } as const;

function partOf(plan: Plan): string {
  const variant = 'variant' in plan ? ` with the ${plan.variant} head` : '';
  return `${plan.model}${variant} ${PARTS[plan.fineTuning]}`;
}

/** Steps and epochs of training by engine: the starter's, and on a graphics engine whole backbones and the study's head. */
export async function training({ engine: asked }: BenchContext): Promise<BenchRow[]> {
  const { isProcessor, selectEngine } = await import('@blastwise/model');
  const rows: BenchRow[] = [];
  for (const engine of enginesOf(asked)) {
    const measured = await attempt(`training, ${engine}`, async () => {
      await selectEngine(engine);
      const perMillisecond = await floorOf(engine);
      const own: BenchRow[] = [];
      for (const plan of isProcessor(engine) ? [STARTER] : [STARTER, ...ON_GRAPHICS])
        own.push(...(await stepOf(plan, engine, perMillisecond)));
      for (const plan of EPOCHS) own.push(...(await epochOf(plan, engine)));
      return own;
    });
    rows.push(...measured);
  }
  return rows;
}

function stepOf(plan: Plan, engine: ChosenEngine, perMillisecond: number) {
  const name = `training step, ${partOf(plan)}, batch ${plan.batch}, ${engine}`;
  return attempt(name, async () => {
    const { isProcessor, timeStagesStep } = await import('@blastwise/model');
    const step = await timeStagesStep(engine, { ...plan, steps: isProcessor(engine) ? 3 : 8 });
    return [floorRow(name, step.timing.median, (PASSES * plan.batch * step.multiplyAdds) / perMillisecond)];
  });
}

function epochOf(plan: Plan, engine: ChosenEngine) {
  const name = `training epoch from cached features, ${partOf(plan)}, ${engine}`;
  return attempt(name, async () => {
    const { timeStagesEpoch } = await import('@blastwise/model');
    const { timing, rows } = await timeStagesEpoch(engine, { ...plan, steps: BATCHES });
    const epoch = timeRow(name, timing.median, null);
    return [{ ...epoch, name: `${name}, ${rows.toLocaleString('en')} rows` }, perThousandRow(epoch, rows)];
  });
}
