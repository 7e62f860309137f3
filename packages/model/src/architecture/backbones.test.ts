import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { BACKBONES, type BackboneName } from './backbones.ts';
import { buildHybrid, DEFAULT_HYBRID, hybridConfigSchema } from './hybrid/index.ts';
import { Normalise } from './layers/index.ts';
import { buildNetwork } from './network.ts';

interface Published {
  readonly name: BackboneName;
  /** Keras's count without top. */
  readonly parameters: number;
  /** How many layers, the input included. */
  readonly layers: number;
  /** Names by place in the list of layers: freezing counts in it. */
  readonly places: Readonly<Record<number, string>>;
  /** Maps of a field of 224 pixels at the taps that a U-Net or an explanation reads; the last one last. */
  readonly maps: Readonly<Record<string, readonly [size: number, channels: number]>>;
  readonly taps: number;
}

const PUBLISHED: readonly Published[] = [
  {
    name: 'vgg16',
    parameters: 14_714_688,
    layers: 19,
    places: { 1: 'block1_conv1', 3: 'block1_pool', 10: 'block3_pool', 17: 'block5_conv3', 18: 'block5_pool' },
    maps: {
      block1_conv2: [224, 64],
      block2_conv2: [112, 128],
      block3_conv3: [56, 256],
      block4_conv3: [28, 512],
      block5_conv3: [14, 512],
      block5_pool: [7, 512],
    },
    taps: 18,
  },
];

// Never computed with, zeros cost the cpu engine next to nothing: the largest backbone takes 350 MB on wasm.
beforeAll(async () => {
  await selectEngine('cpu');
});

describe.each(PUBLISHED)('$name', ({ name, parameters, layers, places, maps, taps }) => {
  it('has the parameters, layers and maps of its publication, and frees every tensor', () => {
    const before = tf.memory().numTensors;
    const stages = BACKBONES[name].stages();
    const model = buildNetwork(name, stages, [224, 224, 3]);
    expect(model.countParams()).toBe(parameters);
    expect(model.layers).toHaveLength(layers);
    expect(model.outputs[0]?.sourceLayer.name).toBe(BACKBONES[name].taps.at(-1));
    const names = Object.keys(places).map((place) => [place, model.layers[Number(place)]?.name]);
    expect(Object.fromEntries(names)).toEqual(places);
    for (const [tap, [size, channels]] of Object.entries(maps)) {
      expect(BACKBONES[name].taps).toContain(tap);
      expect([tap, model.getLayer(tap).outputShape]).toEqual([tap, [null, size, size, channels]]);
    }
    for (const tap of BACKBONES[name].taps) expect(model.getLayer(tap).outputShape).toHaveLength(4);
    expect(new Set(BACKBONES[name].taps).size).toBe(taps);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('makes a hybrid that is cut at its default tap', () => {
    const config = {
      ...DEFAULT_HYBRID,
      backbone: name,
      tap: BACKBONES[name].defaultTap,
      size: 64,
      unetFilters: [2, 4],
    };
    const parts = buildHybrid(hybridConfigSchema.parse(config));
    expect(parts.lower.getLayer(config.tap).output).toBe(parts.lower.outputs[0]);
    const last = Object.values(maps).at(-1)?.[1] ?? 0;
    expect(parts.explained.outputs[3]?.shape).toEqual([null, 2, 2, last]);
    expect(parts.whole.outputs[2]?.shape).toEqual([null, last + 8]);
    parts.dispose();
  });
});

describe('preprocessing', () => {
  // By hand from Keras's modes: "tf" x / 127.5 - 1, "caffe" BGR - mean, "torch" (x / 255 - mean) / sd.
  it.each<[BackboneName, readonly number[]]>([
    ['mobilenetv2', [10 / 127.5 - 1, 100 / 127.5 - 1, 200 / 127.5 - 1]],
    ['vgg16', [200 - 103.939, 100 - 116.779, 10 - 123.68]],
  ])('of %s', (name, expected) => {
    const layer = new Normalise(BACKBONES[name].preprocessing);
    const got = tf.tidy(() => [
      ...(layer.apply(tf.tensor([10, 100, 200], [1, 1, 1, 3])) as tf.Tensor).dataSync(),
    ]);
    expected.forEach((value, c) => {
      expect(got[c]).toBeCloseTo(value, 4);
    });
  });
});

describe('kernels', () => {
  const firstKernel = (seed?: number) =>
    tf.tidy(() => {
      const [first] = BACKBONES.vgg16.stages(seed);
      const output = first?.apply(tf.input({ shape: [32, 32, 3] }));
      const weights = output?.sourceLayer.weights ?? [];
      const values = [...(weights[0]?.read().dataSync() ?? [])];
      for (const weight of weights) weight.dispose();
      return values;
    });

  it('are zero without a seed, and repeat under one', () => {
    expect(new Set(firstKernel())).toEqual(new Set([0]));
    expect(new Set(firstKernel(3)).size).toBeGreaterThan(1000);
    expect(firstKernel(3)).toEqual(firstKernel(3));
    expect(firstKernel(4)).not.toEqual(firstKernel(3));
  });
});
