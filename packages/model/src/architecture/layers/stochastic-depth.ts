import * as tf from '../../engine/tf.ts';
import { SeededDropout } from './seeded-dropout.ts';

/** Drops a residual branch of whole images in training; what is left is scaled up (Huang et al. 2016). */
export class StochasticDepth extends SeededDropout {
  static override readonly className: string = 'StochasticDepth';
  protected override drawnShape([images = 0, ...rest]: number[]): number[] {
    return [images, ...rest.map(() => 1)];
  }
}
tf.serialization.registerClass(StochasticDepth);
