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

/** Alike in all DenseNets. */
const DENSENET_STEM = {
  1: 'zero_padding2d',
  2: 'conv1_conv',
  3: 'conv1_bn',
  4: 'conv1_relu',
  5: 'zero_padding2d_1',
  6: 'pool1',
  7: 'conv2_block1_0_bn',
  8: 'conv2_block1_0_relu',
  9: 'conv2_block1_1_conv',
  10: 'conv2_block1_1_bn',
  11: 'conv2_block1_1_relu',
  12: 'conv2_block1_2_conv',
  13: 'conv2_block1_concat',
  48: 'conv2_block6_concat',
  49: 'pool2_bn',
  50: 'pool2_relu',
  51: 'pool2_conv',
  52: 'pool2_pool',
  53: 'conv3_block1_0_bn',
} as const;
const DENSENET_MAPS: Published['maps'] = {
  conv1_relu: [112, 64],
  pool1: [56, 64],
  conv2_block1_concat: [56, 96],
  conv2_block6_concat: [56, 256],
  pool2_pool: [28, 128],
  conv3_block12_concat: [28, 512],
  pool3_pool: [14, 256],
};

/** Keras nests stem and down-sampling, each one layer in its list; here they are the two that they hold. */
function convNeXtPlaces(name: string, lastBlock: number): Published['places'] {
  const end = 3 + 3 * 8 + 2 + 3 * 8 + 2 + (lastBlock + 1) * 8;
  return {
    1: `${name}_stem_conv`,
    2: `${name}_stem_layernorm`,
    3: `${name}_stage_0_block_0_depthwise_conv`,
    4: `${name}_stage_0_block_0_layernorm`,
    5: `${name}_stage_0_block_0_pointwise_conv_1`,
    6: `${name}_stage_0_block_0_gelu`,
    7: `${name}_stage_0_block_0_pointwise_conv_2`,
    8: `${name}_stage_0_block_0_layer_scale`,
    9: `${name}_stage_0_block_0_identity`,
    10: `${name}_stage_0_block_0_add`,
    27: `${name}_downsampling_layernorm_0`,
    28: `${name}_downsampling_conv_0`,
    [end - 1]: `${name}_stage_2_block_${lastBlock}_add`,
    [end]: `${name}_downsampling_layernorm_2`,
    [end + 1]: `${name}_downsampling_conv_2`,
    [end + 26]: 'layer_normalization',
  };
}

function convNeXtMaps(name: string, lastBlock: number, widths: readonly number[]): Published['maps'] {
  const [a = 0, b = 0, c = 0, d = 0] = widths;
  return {
    [`${name}_stem_layernorm`]: [56, a],
    [`${name}_stage_0_block_2_add`]: [56, a],
    [`${name}_downsampling_conv_0`]: [28, b],
    [`${name}_stage_1_block_2_add`]: [28, b],
    [`${name}_downsampling_conv_1`]: [14, c],
    [`${name}_stage_2_block_${lastBlock}_add`]: [14, c],
    [`${name}_downsampling_conv_2`]: [7, d],
    [`${name}_stage_3_block_2_add`]: [7, d],
    layer_normalization: [7, d],
  };
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
  {
    name: 'densenet121',
    parameters: 7_037_504,
    layers: 427,
    places: {
      ...DENSENET_STEM,
      140: 'pool3_pool',
      308: 'conv4_block24_concat',
      424: 'conv5_block16_concat',
      426: 'relu',
    },
    maps: {
      ...DENSENET_MAPS,
      conv4_block24_concat: [14, 1024],
      pool4_pool: [7, 512],
      conv5_block16_concat: [7, 1024],
      relu: [7, 1024],
    },
    taps: 64,
  },
  {
    name: 'densenet169',
    parameters: 12_642_880,
    layers: 595,
    places: { ...DENSENET_STEM, 364: 'conv4_block32_concat', 592: 'conv5_block32_concat', 594: 'relu' },
    maps: {
      ...DENSENET_MAPS,
      conv4_block32_concat: [14, 1280],
      pool4_pool: [7, 640],
      conv5_block32_concat: [7, 1664],
      relu: [7, 1664],
    },
    taps: 88,
  },
  {
    name: 'densenet201',
    parameters: 18_321_984,
    layers: 707,
    places: {
      ...DENSENET_STEM,
      476: 'conv4_block48_concat',
      477: 'pool4_bn',
      494: 'conv5_block2_concat',
      499: 'conv5_block3_1_relu',
      500: 'conv5_block3_2_conv',
      705: 'bn',
      706: 'relu',
    },
    maps: {
      ...DENSENET_MAPS,
      conv4_block48_concat: [14, 1792],
      pool4_pool: [7, 896],
      conv5_block32_concat: [7, 1920],
      relu: [7, 1920],
    },
    taps: 104,
  },
  {
    name: 'convnext_tiny',
    parameters: 27_820_128,
    layers: 154,
    places: convNeXtPlaces('convnext_tiny', 8),
    maps: convNeXtMaps('convnext_tiny', 8, [96, 192, 384, 768]),
    taps: 23,
  },
  {
    name: 'convnext_small',
    parameters: 49_454_688,
    layers: 298,
    places: convNeXtPlaces('convnext_small', 26),
    maps: convNeXtMaps('convnext_small', 26, [96, 192, 384, 768]),
    taps: 41,
  },
  {
    name: 'convnext_base',
    parameters: 87_566_464,
    layers: 298,
    places: convNeXtPlaces('convnext_base', 26),
    maps: convNeXtMaps('convnext_base', 26, [128, 256, 512, 1024]),
    taps: 41,
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
    ['densenet201', [(10 / 255 - 0.485) / 0.229, (100 / 255 - 0.456) / 0.224, (200 / 255 - 0.406) / 0.225]],
    ['convnext_base', [(10 / 255 - 0.485) / 0.229, (100 / 255 - 0.456) / 0.224, (200 / 255 - 0.406) / 0.225]],
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
