import { DomainError } from '@blastwise/contracts';
import type * as tf from '../engine/tf.ts';

/** A piece of a network between two taps. Its layers are made once, so applying it again shares its weights. */
export interface Stage {
  /** Name of the layer whose output leaves the stage: where the network can be cut or read. */
  readonly tap: string;
  readonly apply: (x: tf.SymbolicTensor) => tf.SymbolicTensor;
}

export const runStages = (stages: readonly Stage[], x: tf.SymbolicTensor): tf.SymbolicTensor =>
  stages.reduce((y, stage) => stage.apply(y), x);

/** Parts the stages after the named tap; an unknown tap is `BAD_INPUT`. */
export function cutAt(stages: readonly Stage[], tap: string): { lower: Stage[]; upper: Stage[] } {
  const at = stages.findIndex((stage) => stage.tap === tap);
  if (at < 0) {
    throw new DomainError(
      'BAD_INPUT',
      `There is no tap ${tap}; taps are ${stages.map((s) => s.tap).join(', ')}.`,
    );
  }
  return { lower: stages.slice(0, at + 1), upper: stages.slice(at + 1) };
}
