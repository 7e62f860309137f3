import { namedWeights } from '../architecture/index.ts';
import type * as tf from '../engine/tf.ts';
import { encodeOnnx } from '../export/onnx/proto.ts';
import { type FollowedStatistic, type LayerContext, writerOf } from './operators/index.ts';
import { Tape, type Value } from './tape.ts';

/** Factors of one dropout, 0 or 1 / (1 - rate), which come into the graph under `name`. */
export interface DropoutInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly rate: number;
  readonly seed: number;
}

/** A network as an ONNX graph of a fixed batch, whose weights are inputs. */
export interface LearningGraph {
  readonly onnx: Uint8Array;
  /** Names and shapes of the network's inputs, in the order that a session takes them, maps [n,h,w,c]. */
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Outputs of the graph that hold the network's own, in its order. */
  readonly outputs: readonly string[];
  /** Every weight that has a gradient, by the output that holds it. */
  readonly gradients: ReadonlyMap<string, string>;
  /** Every moving statistic, by the output that holds it after the batch. */
  readonly statistics: ReadonlyMap<string, string>;
  readonly dropouts: readonly DropoutInput[];
}

/** Makes the loss of the network's outputs, a scalar, and lets its gradients flow into them on the tape. */
export type LossWriter = (tape: Tape, outputs: readonly Value[]) => string;

export const LOSS = 'loss';

/** Whether a layer can be written by {@link writeLearningGraph}. */
export const canLearn = (layer: tf.layers.Layer): boolean =>
  layer.getClassName() === 'InputLayer' || writerOf(layer) !== null;

/** Whether all of a network can. */
export const canLearnAsGraph = (model: tf.LayersModel): boolean => model.layers.every(canLearn);

/**
 * Writes a network for batches of `batch`: to answer, or with a loss to learn, when losses, gradients and statistics are
 * outputs too.
 *
 * @throws RangeError where a layer's gradient is not known.
 */
export function writeLearningGraph(
  model: tf.LayersModel,
  { batch, loss }: { readonly batch: number; readonly loss?: LossWriter },
): LearningGraph {
  const tape = new Tape();
  const { graph } = tape;
  const named = namedWeights(model);
  const trainable = new Set(model.trainableWeights);
  const inputs: { name: string; shape: number[] }[] = [];
  const weights = new Map<string, Value>();
  const statistics: FollowedStatistic[] = [];
  const dropouts: DropoutInput[] = [];
  const penalties: string[] = [];
  const written = new Map<tf.SymbolicTensor, Value>();

  const weightOf = (name: string): Value => {
    const variable = named.get(name);
    if (!variable) throw new RangeError(`${model.name} has no weight ${name}.`);
    const shape = variable.shape.map((d) => d ?? 1);
    const isMoved = loss !== undefined && trainable.has(variable);
    const value = weights.get(name) ?? (isMoved ? tape.parameter(name, shape) : tape.given(name, shape));
    weights.set(name, value);
    return value;
  };
  const writeInput = ({ name }: tf.layers.Layer, tensor: tf.SymbolicTensor): Value => {
    const shape = [batch, ...tensor.shape.slice(1).map((d) => d ?? 1)];
    inputs.push({ name, shape });
    const given = tape.given(name, shape);
    if (shape.length !== 4) return given;
    const turned = tape.node(`${name}_cnhw`, 'Transpose', [name], { perm: [3, 0, 1, 2] });
    return { ...given, name: turned, shape: [3, 0, 1, 2].map((axis) => shape[axis] ?? 1) };
  };
  const value = (tensor: tf.SymbolicTensor): Value => {
    const known = written.get(tensor);
    if (known) return known;
    const layer = tensor.sourceLayer;
    const made = layer.getClassName() === 'InputLayer' ? writeInput(layer, tensor) : write(tensor, layer);
    written.set(tensor, made);
    return made;
  };
  const write = (tensor: tf.SymbolicTensor, layer: tf.layers.Layer): Value => {
    const writer = writerOf(layer);
    if (!writer)
      throw new RangeError(`The gradient of ${layer.name} (${layer.getClassName()}) is not known.`);
    const context: LayerContext = {
      tape,
      layer,
      inputs: tensor.inputs.map(value),
      // A frozen batch norm goes by what it has learned.
      isTraining: loss !== undefined && layer.trainable,
      weight: (name) => weightOf(`${layer.name}/${name}`),
      hasWeight: (name) => named.has(`${layer.name}/${name}`),
      follow: (statistic) => statistics.push(statistic),
      dropoutFactors: (shape, rate, seed) => {
        const name = `${layer.name}_factors`;
        dropouts.push({ name, shape, rate, seed });
        return tape.given(name, shape);
      },
      penalise: (term) => penalties.push(term),
    };
    return writer(context);
  };

  const outputs = model.outputs.map(value);
  const end = (name: string, shape: readonly number[], from: string) => {
    graph.output({ name, shape }, from, 'Identity');
    return name;
  };
  const answers = outputs.map(({ name, shape }, i) => {
    if (shape.length !== 4) return end(`answer_${i}`, shape, name);
    const turned = tape.node(`${name}_nhwc`, 'Transpose', [name], { perm: [1, 2, 3, 0] });
    return end(
      `answer_${i}`,
      [1, 2, 3, 0].map((axis) => shape[axis] ?? 1),
      turned,
    );
  });
  const gradients = new Map<string, string>();
  if (loss) {
    const terms = [loss(tape, outputs), ...penalties];
    end(
      LOSS,
      [],
      terms.reduce((sum, term) => tape.node('loss_sum', 'Add', [sum, term])),
    );
    tape.unwind();
    for (const [name, weight] of weights) {
      const gradient = weight.isMoved ? tape.gradientOf(weight) : undefined;
      if (gradient !== undefined) gradients.set(name, end(`gradient of ${name}`, weight.shape, gradient));
    }
  }
  const followed = statistics.map(({ name, value: next }): [string, string] => [
    name,
    end(`next ${name}`, weights.get(name)?.shape ?? [], next),
  ]);
  const onnx = encodeOnnx(graph.build(model.name));
  return { onnx, inputs, outputs: answers, gradients, statistics: new Map(followed), dropouts };
}
