import * as tf from '../../engine/tf.ts';
import { layerSeed } from './connect.ts';

/**
 * What a backbone's kernel starts as: zero where weights are to be loaded, so that no time goes into millions of draws;
 * with a seed, drawn as He et al. 2015 do ahead of a ReLU.
 */
export const kernelInitializer = (name: string, seed?: number) =>
  seed === undefined ? tf.initializers.zeros() : tf.initializers.heUniform({ seed: layerSeed(seed, name) });
