import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { connect } from './layers/index.ts';
import { buildSmall, maxDifference, randomiseWeights, SMALL_FAMILIES, savedAndLoaded } from './testing.ts';

/** A small backbone, averaged and classified, on four images of noise. */
function classifier(family: string) {
  const net = buildSmall(family, 2);
  const [map] = net.outputs;
  if (!map) throw new RangeError(`${family} has no output.`);
  const pooled = connect(tf.layers.globalAveragePooling2d({}), map);
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const logits = connect(tf.layers.dense({ name: 'logits', units: 4, kernelInitializer }), pooled);
  const model = tf.model({ inputs: net.inputs, outputs: logits });
  const x = tf.randomNormal([4, 48, 48, 3], 0, 1, 'float32', 5);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 4);
  const loss = () =>
    tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
  return { model, loss };
}

const gradientsOf = ({ model, loss }: ReturnType<typeof classifier>) =>
  tf.tidy(() => {
    const { grads } = tf.variableGrads(loss);
    return Object.fromEntries(
      model.trainableWeights.map(({ name, originalName }) => [
        originalName,
        Float32Array.from(grads[name]?.dataSync() ?? []),
      ]),
    );
  });
const largestOf = (values: Float32Array) => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);

beforeAll(async () => {
  await selectEngine('cpu');
  await selectEngine('wasm');
});
afterAll(() => tf.disposeVariables());

describe.each(SMALL_FAMILIES)('%s', (family) => {
  it('has the gradients of the cpu backend on wasm', async () => {
    const of = async (backend: string) => {
      await tf.setBackend(backend);
      const small = classifier(family);
      randomiseWeights(small.model, 4);
      return gradientsOf(small);
    };
    const [reference, ours] = [await of('cpu'), await of('wasm')];
    // Ahead of a second batch norm, gradients are small differences of large sums.
    const floor = 0.1 * Math.max(...Object.values(reference).map(largestOf));
    expect(floor).toBeGreaterThan(0);
    for (const [name, expected] of Object.entries(reference)) {
      const difference = maxDifference(ours[name] ?? [], expected);
      expect([name, difference / Math.max(floor, largestOf(expected)) <= 1e-5]).toEqual([name, true]);
    }
  });

  it('answers the same after saving and loading', async () => {
    await tf.setBackend('wasm');
    const model = buildSmall(family);
    randomiseWeights(model, 6);
    const loaded = await savedAndLoaded(model);
    expect(loaded.layers.map((layer) => layer.name)).toEqual(model.layers.map((layer) => layer.name));
    tf.tidy(() => {
      const x = tf.randomNormal([2, 48, 48, 3], 0, 1, 'float32', 5);
      const [a, b] = [model, loaded].map((m) => (m.predict(x) as tf.Tensor).dataSync());
      expect(new Set(a).size).toBeGreaterThan(100);
      expect(b).toEqual(a);
    });
    model.dispose();
    loaded.dispose();
  });

  it('learns to tell four images apart, and keeps no tensor of a step', async () => {
    await tf.setBackend('wasm');
    const { model, loss } = classifier(family);
    const optimizer = tf.train.adam(5e-3);
    const step = () => tf.tidy(() => optimizer.minimize(loss, true)?.dataSync()[0] ?? Number.NaN);
    const first = step();
    step();
    const before = tf.memory().numTensors;
    let last = first;
    for (let i = 0; i < 30; i++) last = step();
    expect(last).toBeLessThan(0.5 * first);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
