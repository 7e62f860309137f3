import { beforeAll, describe, expect, it } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID, namedWeights, readWeights } from '../architecture/index.ts';
import { BatchNorm, chain, Relu6, SeededDropout } from '../architecture/layers/index.ts';
import { randomiseWeights } from '../architecture/testing.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { seededRandom } from '../random/index.ts';
import { canLearnAsGraph, type LossWriter, writeLearningGraph } from './learning-graph.ts';
import { LearningSession, weightArrays } from './learning-session.ts';
import { sizeOf } from './tape.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

const noise = (length: number, seed: number) => {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
};

/** A loss with a gradient of its own for every output: their sum, each times a factor that is given. */
const weighted: LossWriter = (tape, outputs) => {
  const terms = outputs.map((output, i) => {
    const isMap = output.shape.length === 4;
    const shape = isMap ? [1, 2, 3, 0].map((axis) => output.shape[axis] ?? 1) : output.shape;
    const { name } = tape.given(`factors_${i}`, shape);
    const factors = isMap ? tape.node('factors', 'Transpose', [name], { perm: [3, 0, 1, 2] }) : name;
    tape.flow(output, factors);
    const product = tape.node('term', 'Mul', [output.name, factors]);
    return tape.node('term_sum', 'ReduceSum', [product], { keepdims: 0 });
  });
  return terms.reduce((sum, term) => tape.node('sum', 'Add', [sum, term]));
};

const largest = (values: Float32Array) => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
const furthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((m, v, i) => Math.max(m, Math.abs(v - (b[i] ?? 0))), 0);

/** Loss, answers, gradients and moving statistics of one training step, by the graph and by tfjs's own tape. */
async function bothWays(model: tf.LayersModel, batch: number) {
  randomiseWeights(model, 7);
  const graph = writeLearningGraph(model, { batch, loss: weighted });
  const weights = weightArrays(readWeights(model));
  const inputs = graph.inputs.map(({ shape }, i) => noise(sizeOf(shape), 20 + i));
  const factors = model.outputs.map(({ shape }, i) =>
    noise(batch * sizeOf(shape.slice(1).map(Number)), 40 + i),
  );

  const tensors = graph.inputs.map(({ shape }, i) => tf.tensor(inputs[i] ?? [], [...shape]));
  const byInput = model.inputs.map(({ sourceLayer }) => {
    const at = graph.inputs.findIndex(({ name }) => name === sourceLayer.name);
    return tensors[at] as tf.Tensor;
  });
  const { value, grads } = tf.variableGrads(() => {
    const given = model.apply(byInput, { training: true });
    const outputs = Array.isArray(given) ? given : [given];
    const terms = outputs.map((y, i) =>
      tf.sum(tf.mul(y as tf.Tensor, tf.tensor(factors[i] ?? [], (y as tf.Tensor).shape))),
    );
    return tf.addN([...terms, ...model.calculateLosses()]) as tf.Scalar;
  });
  const variables = new Map(
    [...namedWeights(model)].map(([name, w]) => [name, (w.read() as tf.Variable).name]),
  );

  const session = await LearningSession.open(graph, weights);
  const labels = factors.map((data, i): [string, [number[], Float32Array]] => [
    `factors_${i}`,
    [[batch, ...(model.outputs[i]?.shape.slice(1).map(Number) ?? [])], data],
  ]);
  const step = await session.learn(inputs, new Map(labels), 0);
  await session.close();
  return {
    graph,
    step,
    weights,
    loss: value.dataSync()[0] ?? 0,
    gradient: (name: string) => grads[variables.get(name) ?? '']?.dataSync() as Float32Array,
  };
}

const model = (input: number[], ...layers: tf.layers.Layer[]) => {
  const x = tf.input({ shape: input, name: 'x' });
  const pool = input.length === 3 ? [tf.layers.globalAveragePooling2d({ name: 'pool' })] : [];
  return tf.model({ name: 'small', inputs: x, outputs: chain([...layers, ...pool], x) });
};
const conv = (filters: number, useBias = true) =>
  tf.layers.conv2d({ name: 'conv', filters, kernelSize: 1, padding: 'same', useBias });
const depthwise = (kernelSize: number, strides: number, padding: 'same' | 'valid' = 'same') =>
  tf.layers.depthwiseConv2d({ name: 'depthwise', kernelSize, strides, padding });

const wide = (filters: number, kernelSize: number, padding: 'same' | 'valid' = 'same') =>
  tf.layers.conv2d({ name: 'wide', filters, kernelSize, padding, activation: 'relu' });
const up = (filters: number, kernelSize: number, strides: number) =>
  tf.layers.conv2dTranspose({ name: 'up', filters, kernelSize, strides, padding: 'same' });

/** Two branches that meet again, beside a third input. */
function branches(): tf.LayersModel {
  const x = tf.input({ shape: [3, 3, 4], name: 'x' });
  const beside = tf.input({ shape: [3], name: 'beside' });
  const sum = tf.layers.add({ name: 'add' }).apply([x, chain([conv(4)], x)]) as tf.SymbolicTensor;
  const pooled = chain(
    [new Relu6({ name: 'relu6' }), tf.layers.globalAveragePooling2d({ name: 'pool' })],
    sum,
  );
  const joined = tf.layers.concatenate({ name: 'joined' }).apply([pooled, beside]) as tf.SymbolicTensor;
  const l2 = tf.regularizers.l2({ l2: 0.3 });
  const dense = tf.layers.dense({ name: 'dense', units: 2, activation: 'relu', kernelRegularizer: l2 });
  return tf.model({
    name: 'branches',
    inputs: [x, beside],
    outputs: [dense.apply(joined) as tf.SymbolicTensor, joined],
  });
}

const UPPER = {
  ...DEFAULT_HYBRID,
  tap: 'block_12_add',
  size: 96,
  unetFilters: [2, 4],
  head: [8, 5],
  dropout: 0,
  l2: 1e-3,
};

describe('writeLearningGraph', () => {
  it.each<[string, () => tf.LayersModel, number]>([
    ['1 x 1 convolution', () => model([4, 5, 3], conv(6)), 3],
    ['the same without a bias', () => model([2, 2, 5], conv(2, false)), 1],
    ['depthwise, stride 1', () => model([5, 4, 3], depthwise(3, 1)), 2],
    ['depthwise, stride 2, even field', () => model([6, 6, 3], depthwise(3, 2)), 2],
    ['depthwise, stride 2, odd field', () => model([7, 5, 2], depthwise(3, 2)), 2],
    [
      'depthwise, stride 2 without padding, a row left over',
      () => model([6, 8, 2], depthwise(3, 2, 'valid')),
      2,
    ],
    ['depthwise, 5 x 5', () => model([6, 6, 2], depthwise(5, 1)), 3],
    ['batch norm of maps', () => model([3, 4, 2], conv(3), new BatchNorm({ name: 'conv_BN' })), 4],
    [
      'batch norm of vectors',
      () =>
        model(
          [5],
          tf.layers.dense({ name: 'dense', units: 4 }),
          tf.layers.batchNormalization({ name: 'norm', epsilon: 1e-3, momentum: 0.8 }),
        ),
      6,
    ],
    [
      'relu and relu6',
      () =>
        model(
          [3, 3, 4],
          conv(5),
          new Relu6({ name: 'relu6' }),
          tf.layers.activation({ name: 'relu', activation: 'relu' }),
        ),
      2,
    ],
    ['3 x 3 convolution', () => model([5, 4, 3], wide(4, 3)), 2],
    ['3 x 3 convolution without padding', () => model([5, 6, 2], wide(3, 3, 'valid')), 2],
    ['transposed convolution, 3 x 3, stride 2', () => model([3, 4, 3], up(2, 3, 2)), 2],
    ['transposed convolution, 2 x 2, stride 2', () => model([3, 4, 3], up(2, 2, 2)), 2],
    [
      'largest of 2 x 2, behind a ReLU',
      () => model([4, 6, 3], wide(4, 1), tf.layers.maxPooling2d({ name: 'max', poolSize: 2, strides: 2 })),
      3,
    ],
    ['U-Net with its normalised images', () => buildHybrid({ ...UPPER, size: 32 }).unet, 2],
    ['sums, joins, penalties', branches, 3],
    ['the hybrid above a tap', () => buildHybrid(UPPER).upper, 4],
    ['the same with its batch norms', () => buildHybrid(UPPER, { unfold: true }).upper, 4],
  ])('%s: loss, gradients and statistics are those of tfjs', async (_, build, batch) => {
    const network = build();
    const { graph, step, weights, loss, gradient } = await bothWays(network, batch);
    expect(Math.abs(step.loss - loss)).toBeLessThan(1e-4 * Math.max(1, Math.abs(loss)));
    expect([...graph.gradients.keys()].sort()).toEqual(
      [...namedWeights(network)]
        .filter(([, w]) => network.trainableWeights.includes(w))
        .map(([name]) => name)
        .sort(),
    );
    for (const [name, got] of step.gradients) {
      const expected = gradient(name);
      // What a batch norm takes off again has no gradient but rounding errors.
      const scale = Math.max(largest(expected), 1e-2);
      expect(furthest(got, expected) / scale, name).toBeLessThan(1e-3);
    }
    const after = namedWeights(network);
    for (const name of graph.statistics.keys()) {
      const expected = after.get(name)?.read().dataSync() as Float32Array;
      expect(furthest(weights.get(name)?.data ?? new Float32Array(1), expected), name).toBeLessThan(1e-4);
    }
  });

  it('answers as the network does when it does not learn', async () => {
    const { upper } = buildHybrid(UPPER, { unfold: true });
    randomiseWeights(upper, 3);
    const graph = writeLearningGraph(upper, { batch: 2 });
    const inputs = graph.inputs.map(({ shape }, i) => noise(sizeOf(shape), i));
    const session = await LearningSession.open(graph, weightArrays(readWeights(upper)));
    const answers = await session.answer(inputs);
    await session.close();
    const expected = upper.predict(
      graph.inputs.map(({ shape }, i) => tf.tensor(inputs[i] ?? [], [...shape])),
    ) as tf.Tensor[];
    expected.forEach((tensor, i) => {
      expect(furthest(answers[i] ?? new Float32Array(1), tensor.dataSync() as Float32Array)).toBeLessThan(
        1e-4,
      );
    });
  });

  it('drops the given share, differently at every step, alike under one seed', async () => {
    const dropping = model([400], new SeededDropout({ name: 'dropout', rate: 0.3, seed: 5 }));
    const graph = writeLearningGraph(dropping, { batch: 1, loss: weighted });
    const session = await LearningSession.open(graph, new Map());
    const ones = new Float32Array(400).fill(1);
    const labels = new Map([['factors_0', [[1, 400], ones] as const]]);
    const at = async (step: number) => [...((await session.learn([ones], labels, step)).outputs[0] ?? [])];
    const [first, again, next] = [await at(1), await at(1), await at(2)];
    await session.close();
    expect(again).toEqual(first);
    expect(next).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    expect(first.filter((v) => v === 0).length / 400).toBeCloseTo(0.3, 1);
  });

  it('leaves out frozen weights and says which layers it does not know', () => {
    const frozen = model([3, 3, 2], conv(4), new BatchNorm({ name: 'conv_BN' }));
    for (const layer of frozen.layers) layer.trainable = false;
    const graph = writeLearningGraph(frozen, { batch: 2, loss: weighted });
    expect([...graph.gradients.keys()]).toEqual([]);
    expect([...graph.statistics.keys()]).toEqual([]);
    const long = model([5, 5, 2], tf.layers.conv2d({ name: 'long', filters: 2, kernelSize: 3, strides: 2 }));
    expect(canLearnAsGraph(long)).toBe(false);
    expect(() => writeLearningGraph(long, { batch: 1 })).toThrow(
      'The gradient of long (Conv2D) is not known.',
    );
    expect(canLearnAsGraph(buildHybrid(UPPER).unet)).toBe(true);
    expect(canLearnAsGraph(buildHybrid(UPPER, { unfold: true }).upper)).toBe(true);
  });
});
