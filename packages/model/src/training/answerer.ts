import { readWeights } from '../architecture/index.ts';
import {
  canLearnAsGraph,
  LearningSession,
  weightArrays,
  writeLearningGraph,
} from '../differentiation/index.ts';
import { currentEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { asTensors } from './as-tensors.ts';

/** A model that answers, by the weights that it had when it was opened or last followed. */
export interface Answerer {
  /** Takes over the model's present weights. */
  follow(): void;
  /** The model's outputs, in its order, for n samples, at most as many as it was opened for. */
  answer(inputs: readonly Float32Array[], n: number): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** Opens a model for batches of up to `batch`: as a graph where engine and model allow it. */
export async function openAnswerer(model: tf.LayersModel, batch: number): Promise<Answerer> {
  if (currentEngine() !== 'onnx' || !canLearnAsGraph(model)) {
    return {
      follow: () => {},
      answer: (inputs, n) => answerByTensors(model, inputs, n),
      close: async () => {},
    };
  }
  const graph = writeLearningGraph(model, { batch });
  const weights = weightArrays(readWeights(model));
  const session = await LearningSession.open(graph, weights);
  const order = graph.inputs.map(({ name }) => model.inputs.findIndex((i) => i.sourceLayer.name === name));
  return {
    follow: () => {
      for (const { name, data } of readWeights(model)) weights.get(name)?.data.set(data as Float32Array);
    },
    answer: async (inputs, n) => {
      const padded = order.map((at, i) =>
        pad(inputs[at] ?? new Float32Array(), graph.inputs[i]?.shape ?? []),
      );
      const outputs = await session.answer(padded);
      return outputs.map((values) => values.subarray(0, (values.length / batch) * n));
    },
    close: () => session.close(),
  };
}

async function answerByTensors(
  model: tf.LayersModel,
  inputs: readonly Float32Array[],
  n: number,
): Promise<Float32Array[]> {
  const outputs = tf.tidy(() => {
    const answered = model.predict(asTensors(model, inputs, n));
    return Array.isArray(answered) ? answered : [answered];
  });
  const values = await Promise.all(outputs.map(async (output) => Float32Array.from(await output.data())));
  tf.dispose(outputs);
  return values;
}

/** Zeros behind a batch that is not full. */
function pad(values: Float32Array, shape: readonly number[]): Float32Array {
  const size = shape.reduce((n, d) => n * d, 1);
  if (values.length === size) return values;
  const whole = new Float32Array(size);
  whole.set(values);
  return whole;
}
