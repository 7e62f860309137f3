import { seededRandom } from '../random/index.ts';
import type { LinearLayer, StageHead } from './stage-head.ts';

/** A random head of two hidden layers and features for it, of which a third are 0. For tests only. */
export function someHead(seed: number, dimension: number): { head: StageHead; features: Float32Array } {
  const random = seededRandom(seed);
  const layer = (inputs: number, outputs: number): LinearLayer => ({
    inputs,
    outputs,
    kernel: Float32Array.from({ length: inputs * outputs }, () => random.normal()),
    bias: Float64Array.from({ length: outputs }, () => random.normal()),
  });
  const features = Float32Array.from({ length: dimension }, () => Math.max(0, random.normal() + 0.4));
  return { head: [layer(dimension, 7), layer(7, 5), layer(5, 4)], features };
}
