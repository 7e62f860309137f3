import { backboneOf, buildHybrid, DEFAULT_HYBRID, IMAGE_TAP, type ModelName } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import { type ChosenEngine, selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportHybridOnnx, HYBRID_OUTPUTS } from '../export/index.ts';
import { openSession } from '../serving/index.ts';
import { copyWeights } from '../training/weights.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { type Timing, timeRuns } from './timing.ts';

export interface ServingTime {
  readonly batch: number;
  /** Of the whole batch. */
  readonly timing: Timing;
}

interface Served {
  readonly times: ServingTime[];
  /** Of one field. */
  readonly multiplyAdds: number;
}

const RUNS = { runs: 5, warmups: 2 };
const hybridOf = (model: ModelName) => ({
  ...DEFAULT_HYBRID,
  backbone: backboneOf(model),
  tap: IMAGE_TAP,
});

async function timeBatches(batches: readonly number[], run: (batch: number) => Promise<unknown>) {
  const times: ServingTime[] = [];
  for (const batch of batches) times.push({ batch, timing: await timeRuns(() => run(batch), RUNS) });
  return times;
}

/** The hybrid of a backbone with drawn weights, which take as long as learned ones, in ONNX Runtime. */
export async function timeServing(model: ModelName, batches: readonly number[]): Promise<Served> {
  const config = hybridOf(model);
  await selectEngine('wasm');
  const parts = buildHybrid(config, { drawBackbone: true });
  const weights = new Map((await copyWeights(parts.whole)).map((w): [string, NamedTensor] => [w.name, w]));
  const needed = multiplyAdds(parts.whole);
  parts.dispose();
  const session = await openSession(await exportHybridOnnx(config, weights), { outputs: HYBRID_OUTPUTS });
  const { size } = config;
  const field = { width: size, height: size, data: new Uint8Array(size * size * 3).map((_, i) => i % 251) };
  try {
    const times = await timeBatches(batches, (batch) =>
      session.run(Array.from({ length: batch }, () => field)),
    );
    return { times, multiplyAdds: needed };
  } finally {
    await session.close();
  }
}

/** The same on an engine of tfjs. */
export async function timeEngineServing(
  engine: ChosenEngine,
  model: ModelName,
  batches: readonly number[],
): Promise<Served> {
  const config = hybridOf(model);
  await selectEngine(engine);
  const parts = buildHybrid(config, { drawBackbone: true });
  try {
    const times = await timeBatches(batches, async (batch) => {
      const outputs = tf.tidy(() => {
        const images = tf.fill([batch, config.size, config.size, 3], 128);
        return parts.whole.predict(images) as tf.Tensor[];
      });
      for (const output of outputs) await output.data();
      tf.dispose(outputs);
    });
    return { times, multiplyAdds: multiplyAdds(parts.whole) };
  } finally {
    parts.dispose();
  }
}
