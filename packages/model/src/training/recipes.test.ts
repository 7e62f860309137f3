import { beforeAll, describe, expect, it } from 'vitest';
import {
  BACKBONES,
  buildHybrid,
  buildNetwork,
  freezeThrough,
  modelNameOf,
  POOL_TAP,
} from '../architecture/index.ts';
import { selectEngine } from '../engine/index.ts';
import { STARTER_RECIPE } from './config.ts';
import { defaultFineTuning, PUBLISHED_FREEZING, recipeOf } from './recipes.ts';

beforeAll(async () => {
  await selectEngine('cpu');
});

/**
 * The backbone's layers as Keras lists them: ConvNeXt begins with a normalisation, and its stem and down-sampling are one
 * layer each, the two that they hold here.
 */
function listing(backbone: keyof typeof PUBLISHED_FREEZING): string[][] {
  const network = buildNetwork(backbone, BACKBONES[backbone].stages(), [224, 224, 3]);
  const names = network.layers.map(({ name }) => name);
  network.dispose();
  const listed: string[][] = [];
  for (const name of names) {
    if (/_stem_layernorm$|_downsampling_conv_\d$/.test(name)) listed.at(-1)?.push(name);
    else listed.push([name]);
    if (listed.length === 1 && backbone.startsWith('convnext')) listed.push(['prestem_normalization']);
  }
  return listed;
}

describe('what the study froze', () => {
  it.each([
    ['vgg16', 'block5_pool', undefined],
    ['densenet201', 'conv5_block3_1_relu', 'conv5_block3_2_conv'],
    ['convnext_base', 'convnext_base_stage_2_block_5_identity', 'convnext_base_stage_2_block_5_add'],
  ] as const)('ends in %s with the layer that Keras counts', (backbone, last, next) => {
    const { layers } = PUBLISHED_FREEZING[backbone];
    const listed = listing(backbone);
    expect([listed[layers - 1]?.at(-1), listed[layers]?.[0]]).toEqual([last, next]);
  });

  it('leaves exactly the layers after it to be trained', () => {
    for (const backbone of ['vgg16', 'densenet201', 'convnext_base'] as const) {
      const { hybrid, stages } = recipeOf(modelNameOf(backbone), 'upper');
      const { upper, dispose } = buildHybrid({ ...hybrid, size: 32, unetFilters: [2, 4], head: [4] });
      if (stages.frozenThrough !== undefined) freezeThrough(upper, stages.frozenThrough);
      const frozen = new Set(listing(backbone).slice(0, PUBLISHED_FREEZING[backbone].layers).flat());
      const ours = new Set(listing(backbone).flat());
      for (const { name, trainableWeights, weights } of upper.layers) {
        const isFree = weights.length > 0 && (!ours.has(name) || !frozen.has(name));
        expect([name, trainableWeights.length > 0]).toEqual([name, isFree]);
      }
      dispose();
    }
  });
});

describe('recipeOf', () => {
  it("shows the study's augmentation alone where that is asked for", () => {
    const viewsOf = (part: 'upper' | 'whole') =>
      recipeOf('densenet121', part, { augmentation: 'published' }).stages.views;
    expect(viewsOf('upper')).toEqual([{ kind: 'published', copies: 8, share: 1 }]);
    expect(viewsOf('whole')).toEqual([{ kind: 'published', copies: 1, share: 1 }]);
  });

  it("is the starter's for MobileNetV2", () => {
    expect(recipeOf('mobilenetv2', 'upper')).toEqual(STARTER_RECIPE);
  });

  it('trains the heads of the large ones on a CPU, and more on a GPU', () => {
    expect(defaultFineTuning('convnext-base', 'wasm')).toBe('head');
    expect(defaultFineTuning('convnext-base', 'node-gpu')).toBe('upper');
    expect(defaultFineTuning('mobilenetv2', 'wasm')).toBe('upper');
    expect(recipeOf('vgg16', 'head').hybrid.tap).toBe(POOL_TAP);
  });
});
