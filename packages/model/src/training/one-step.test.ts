import { STUDY_COSTS } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildHybrid,
  freezeThrough,
  IMAGE_TAP,
  type ModelName,
  namedWeights,
} from '../architecture/index.ts';
import { toFloat16 } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { seededRandom } from '../random/index.ts';
import { emptyView } from './cache/index.ts';
import { type FineTuning, type Published, recipeOf } from './recipes.ts';
import { trainStages } from './stages/train-stages.ts';
import { copyWeights } from './weights.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

/** Four fields to train on, one to judge by. */
const FIELDS = [0, 1, 2, 3, 0].map((label, i) => ({
  label,
  side: i < 4 ? ('train' as const) : ('validation' as const),
}));

/** Of the head: so many that dropping seven of ten leaves some that both steps see. */
const UNITS = 64;

/**
 * One epoch of two steps of the study's training on noise: which weights its gradients moved, each with the last of its values that
 * moved, and whether it left tensors.
 */
async function step(model: ModelName, fineTuning: FineTuning, size: number, published: Published = {}) {
  const before = tf.memory().numTensors;
  const { hybrid, stages } = recipeOf(model, fineTuning, published);
  const config = { ...hybrid, size, unetFilters: [2, 4], head: [UNITS], l2: 0 };
  const parts = buildHybrid(config, { drawBackbone: true });
  const { upper } = parts;
  if (stages.frozenThrough !== undefined) freezeThrough(upper, stages.frozenThrough);
  const [mapLength = 0, unetLength = 0] = upper.inputs.map(({ shape }) =>
    shape.slice(1).reduce<number>((n, d) => n * Number(d), 1),
  );
  const random = seededRandom(3);
  const views = (['train', 'judge'] as const).map((use) => {
    const plan = { name: `${use}-plain`, use, kind: 'plain' as const, sides: [] };
    const view = emptyView(plan, [...FIELDS.keys()], { mapLength, unetLength });
    view.maps.set(toFloat16(Float32Array.from({ length: view.maps.length }, () => random.normal())));
    view.unet.set(Float32Array.from({ length: view.unet.length }, () => random.normal()));
    return view;
  });
  const given = await copyWeights(upper);
  // The first step of a head that starts at zero gives the layers below no gradient; the second does.
  const recipe = { ...stages, epochs: 1, batch: 2, peakRate: 0.01, backboneRate: 1, weightDecay: 0 };
  const { history } = await trainStages(FIELDS, views, parts, recipe, STUDY_COSTS, { seed: 1 });
  const after = new Map((await copyWeights(upper)).map((w) => [w.name, w.data]));
  const lastMoved = ({ name, data }: (typeof given)[number]) =>
    data.findLastIndex((v, i) => v !== after.get(name)?.[i]);
  const moved = new Map(
    given.map((weight) => [weight.name, lastMoved(weight)] as const).filter(([, last]) => last >= 0),
  );
  const backbone = [...namedWeights(upper).keys()].filter((name) => !/^(head|stage_logits)/.test(name));
  parts.dispose();
  return { history, moved, backbone, left: tf.memory().numTensors - before };
}

describe('training steps of the large backbones', () => {
  it('vgg16 stands as a whole, and its head learns', async () => {
    const { history, moved, backbone, left } = await step('vgg16', 'upper', 64);
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(backbone).toEqual([]);
    expect(moved.has('head_1_dense/kernel')).toBe(true);
    expect(left).toBe(0);
  });

  it('the published head learns from all values of the U-Net, behind those of vgg16', async () => {
    const { history, moved, left } = await step('vgg16', 'head', 32, { variant: 'published' });
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    // 512 channels of the backbone, and 32 x 32 x 2 values of the map above the bottleneck, the last kernel row theirs.
    expect(moved.get('head_1_dense/kernel')).toBeGreaterThanOrEqual((512 + 32 * 32 * 2 - 1) * UNITS);
    expect(left).toBe(0);
  });

  it('densenet201 keeps its first 500 layers, statistics and all, and moves the rest', async () => {
    const { history, moved, backbone, left } = await step('densenet201', 'upper', 64);
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    const frozen = backbone.filter((name) => /^conv5_block3_(0_bn|1_conv|1_bn)\//.test(name));
    expect(frozen).toHaveLength(9);
    expect(frozen.filter((name) => moved.has(name))).toEqual([]);
    expect(moved.has('conv5_block3_2_conv/kernel')).toBe(true);
    expect(moved.has('conv5_block4_0_bn/moving_mean')).toBe(true);
    expect(left).toBe(0);
  });

  it('convnext-base moves above its sixth block of stage 2', async () => {
    const { history, moved, backbone, left } = await step('convnext-base', 'upper', 64);
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(backbone.some((name) => name.includes('stage_2_block_5'))).toBe(false);
    expect(moved.has('convnext_base_stage_2_block_6_depthwise_conv/depthwise_kernel')).toBe(true);
    expect(left).toBe(0);
  });

  it.each([
    ['vgg16', 'block1_conv1/kernel'],
    ['densenet201', 'conv1_conv/kernel'],
    ['convnext-base', 'convnext_base_stem_conv/kernel'],
  ] as const)('%s moves from its first layer on where all of it is trained', async (model, first) => {
    const { history, moved, left } = await step(model, 'whole', 32);
    expect(recipeOf(model, 'whole').hybrid.tap).toBe(IMAGE_TAP);
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(moved.has(first)).toBe(true);
    expect(left).toBe(0);
  });
});
