import * as tf from '../engine/tf.ts';
import { seededRandom } from '../random/index.ts';
import { convNeXtStages } from './convnext/index.ts';
import { denseNetStages } from './densenet/index.ts';
import { buildNetwork } from './network.ts';
import type { Stage } from './stage.ts';
import { vggStages } from './vgg/index.ts';
import { namedWeights } from './weights.ts';

/** The largest absolute difference; NaN anywhere or unequal lengths give infinity. For tests only. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return worst;
}

/** Fills every weight so that signals neither die nor explode, batch norm statistics included. For tests only. */
export function randomiseWeights(model: tf.LayersModel, seed: number): void {
  const random = seededRandom(seed);
  for (const [name, weight] of namedWeights(model)) {
    const shape = weight.shape as number[];
    const fanIn = shape.slice(0, name.endsWith('depthwise_kernel') ? 2 : -1).reduce((n, d) => n * d, 1);
    const spread = shape.length > 1 ? Math.sqrt(2 / fanIn) : 0.1;
    const centre = /moving_variance|gamma/.test(name) ? 1 : 0;
    const values = Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, () => random.normal());
    const value = tf.tensor(
      values.map((v) => (centre ? Math.abs(centre + v * spread) + 0.1 : v * spread)),
      shape,
    );
    weight.write(value);
    value.dispose();
  }
}

/** The model as it is after saving and loading, topology and weights. For tests only. */
export async function savedAndLoaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  const saved = await new Promise<tf.io.ModelArtifacts>((resolve) => {
    const handler = tf.io.withSaveHandler(async (artifacts) => {
      resolve(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    });
    void model.save(handler);
  });
  return tf.loadLayersModel(tf.io.fromMemory(saved));
}

const SMALL: Readonly<Record<string, (seed: number) => Stage[]>> = {
  vgg: (seed) => {
    const blocks = [4, 6, 8].map((filters) => ({ filters, convolutions: 2 }));
    return vggStages({ name: 'vgg', blocks }, seed);
  },
  densenet: (seed) => denseNetStages({ name: 'densenet', blocks: [2, 3], stem: 8, growth: 4 }, seed),
  convnext: (seed) =>
    convNeXtStages({ name: 'convnext', depths: [1, 2], widths: [6, 10] }, { seed, dropPath: 0.2 }),
};
export const SMALL_FAMILIES = Object.keys(SMALL);

/** A few narrow layers of every kind that a family of backbones has, on 48 x 48 x 3. For tests only. */
export const buildSmall = (family: string, seed = 1): tf.LayersModel =>
  buildNetwork(family, SMALL[family]?.(seed) ?? [], [48, 48, 3]);
