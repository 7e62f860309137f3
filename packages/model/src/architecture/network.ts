import * as tf from '../engine/tf.ts';
import { runStages, type Stage } from './stage.ts';

/** Stages as a model of its own: an image, normalised as its backbone asks [n,h,w,3] -> the last map. */
export function buildNetwork(
  name: string,
  stages: readonly Stage[],
  inputShape: readonly [number, number, number],
): tf.LayersModel {
  const inputs = tf.input({ shape: [...inputShape], name: 'normalised_image' });
  return tf.model({ name, inputs, outputs: runStages(stages, inputs) });
}
