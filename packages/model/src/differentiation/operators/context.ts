import type * as tf from '../../engine/tf.ts';
import type { Tape, Value } from '../tape.ts';

/** A statistic that a batch norm follows: its value after the batch is an output of the graph. */
export interface FollowedStatistic {
  readonly name: string;
  readonly value: string;
}

/** What the writer of one layer sees. Maps are [c,n,h,w] inside the graph: a row of the batch's places for each channel. */
export interface LayerContext {
  readonly tape: Tape;
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly Value[];
  /** Whether it is written for a training step: batch norms go by the batch, dropouts drop. */
  readonly isTraining: boolean;
  /** A weight of the layer, as an input of the graph. */
  readonly weight: (name: string) => Value;
  readonly hasWeight: (name: string) => boolean;
  readonly follow: (statistic: FollowedStatistic) => void;
  /** An input of the graph that dropout factors come in by. */
  readonly dropoutFactors: (shape: readonly number[], rate: number, seed: number) => Value;
  /** Adds a term to the loss. */
  readonly penalise: (term: string) => void;
}

/** Writes a layer forwards, and on the tape how its gradient flows; returns its output. */
export type DifferentiableLayer = (context: LayerContext) => Value;

export function inputOf({ inputs, layer }: Pick<LayerContext, 'inputs' | 'layer'>): Value {
  const [input] = inputs;
  if (!input) throw new RangeError(`${layer.name} has no input.`);
  return input;
}

/** Channels, batch, height and width of a map. */
export function mapShape({ shape }: Value): [number, number, number, number] {
  const [c = 0, n = 0, h = 0, w = 0] = shape;
  return [c, n, h, w];
}
