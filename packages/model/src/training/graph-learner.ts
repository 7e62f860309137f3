import { loadWeights, namedWeights, readWeights } from '../architecture/index.ts';
import {
  type LearnedStep,
  LearningSession,
  type LossWriter,
  type WeightArrays,
  weightArrays,
  writeLearningGraph,
} from '../differentiation/index.ts';
import type * as tf from '../engine/tf.ts';
import type { Learner } from './learner.ts';
import { ADAMW, type AdamWState, stepArrays, stepFactors } from './optimiser/index.ts';

/** A batch of the fixed size that the learner was opened for. */
export interface GraphBatch {
  /** By the name of the model's input, [n,...]. */
  readonly inputs: ReadonlyMap<string, Float32Array>;
  /** What the loss needs, by the name and shape of the graph's input. */
  readonly labels: ReadonlyMap<string, readonly [readonly number[], Float32Array]>;
  /** Counts the steps of the whole training: decides what drops out. */
  readonly step: number;
  /** How many samples of the batch the model's first output names right, and how many there are to be named. */
  readonly judge: (output: Float32Array) => { readonly correct: number; readonly size: number };
}

export interface GraphLearnerOptions {
  readonly batch: number;
  readonly loss: LossWriter;
  readonly weightDecay: number;
  /** A weight's learning rate as a share of the step's; 1 where not given. */
  readonly rateShare?: (name: string) => number;
}

/** Learns in ONNX Runtime, from copies of the model's weights until it settles. */
export async function graphLearner(
  model: tf.LayersModel,
  { batch, loss, weightDecay, rateShare = () => 1 }: GraphLearnerOptions,
): Promise<Learner<GraphBatch>> {
  const graph = writeLearningGraph(model, { batch, loss });
  const weights: WeightArrays = weightArrays(readWeights(model));
  const session = await LearningSession.open(graph, weights);
  const names = new Map([...namedWeights(model)].map(([name, weight]) => [weight, name]));
  const moved = model.trainableWeights.flatMap((weight) => {
    const name = names.get(weight) ?? '';
    const known = weights.get(name);
    return known ? [{ name, ...known }] : [];
  });
  const zeros = (): Float32Array[] => moved.map(({ data }) => new Float32Array(data.length));
  let [taken, means, squares] = [0, zeros(), zeros()];

  const follow = ({ gradients }: LearnedStep, rate: number) => {
    taken += 1;
    moved.forEach(({ name, shape, data }, i) => {
      const gradient = gradients.get(name);
      const [mean, square] = [means[i], squares[i]];
      if (!gradient || !mean || !square) return;
      const config = { ...ADAMW, weightDecay };
      const factors = stepFactors(config, { taken, rate: rate * rateShare(name), rank: shape.length });
      stepArrays({ weights: data, mean, square }, gradient, factors);
    });
  };
  return {
    step: async ({ inputs, labels, step, judge }, rate) => {
      const given = graph.inputs.map(({ name }) => inputs.get(name) ?? new Float32Array());
      const learned = await session.learn(given, labels, step);
      follow(learned, rate);
      return { loss: learned.loss, ...judge(learned.outputs[0] ?? new Float32Array()) };
    },
    settle: () => {
      const tensors = [...weights].map(([name, { shape, data }]) => ({
        name,
        dtype: 'F32' as const,
        shape,
        data,
      }));
      loadWeights(model, new Map(tensors.map((t) => [t.name, t])));
    },
    resume: (state) => {
      for (const { name, data } of readWeights(model)) weights.get(name)?.data.set(data as Float32Array);
      taken = state.step;
      [means, squares] = [copies(state.means), copies(state.squares)];
    },
    state: async (): Promise<AdamWState> => ({ step: taken, means: copies(means), squares: copies(squares) }),
    dispose: () => session.close(),
  };
}

const copies = (arrays: readonly Float32Array[]): Float32Array[] => arrays.map((values) => values.slice());
