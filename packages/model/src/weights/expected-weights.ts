import type * as tf from '../engine/tf.ts';

export interface ExpectedWeight {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a network's layers want, in Keras's order: kernel, bias; gamma, beta, moving mean, moving variance. */
export const expectedWeights = (network: tf.LayersModel): ReadonlyMap<string, readonly ExpectedWeight[]> =>
  new Map(
    network.layers
      .filter(({ weights }) => weights.length > 0)
      .map(({ name, weights }) => [
        name,
        weights.map(({ originalName, shape }) => ({
          name: originalName.split('/').at(-1) ?? originalName,
          shape: shape.map((n) => n ?? 0),
        })),
      ]),
  );
