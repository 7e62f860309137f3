import os from 'node:os';
import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it, vi } from 'vitest';
import { STARTER_RECIPE } from './config.ts';
import { refuseTooLarge, stepBytes } from './memory-guard.ts';
import { recipeOf } from './recipes.ts';

const config = { ...STARTER_RECIPE, costs: STUDY_COSTS, folds: 0, seed: 1 };

describe('refuseTooLarge', () => {
  it('lets the starter recipe pass', async () => {
    await expect(refuseTooLarge(config, 'wasm')).resolves.toBeUndefined();
  });

  it.each([
    ['masks', { ...config, masks: { ...config.masks, batch: 64, crop: 224 } }],
    ['stages', { ...config, stages: { ...config.stages, batch: 256 } }],
  ])('refuses huge batches of the %s on wasm, in one sentence, and no other engine', async (part, large) => {
    await expect(refuseTooLarge(large, 'wasm')).rejects.toThrow(`A batch of the ${part} needs about`);
    await refuseTooLarge(large, 'node-gpu');
  });

  // Measured on wasm, MiB (docs/decisions/0019): the estimate must not fall short of what a step took.
  it.each([
    ['mobilenetv2', 'upper', 32, 1963],
    ['vgg16', 'whole', 4, 1854],
    ['densenet201', 'whole', 1, 1961],
    ['densenet201', 'whole', 2, 3437],
    ['densenet201', 'upper', 8, 1390],
    ['convnext-tiny', 'upper', 8, 2193],
  ] as const)(
    'expects of %s, %s, in batches of %i at least what was measured',
    async (model, part, batch, measured) => {
      const { hybrid, masks, stages } = recipeOf(model, part);
      const { stages: bytes } = await stepBytes({ hybrid, masks, stages: { ...stages, batch } });
      expect(bytes / 2 ** 20 / measured).toBeGreaterThan(0.95);
      expect(bytes / 2 ** 20 / measured).toBeLessThan(1.8);
    },
  );

  it.each(['vgg16', 'densenet201', 'convnext-base'] as const)(
    'refuses the published head over %s, 205 million weights, on a CPU however much memory there is',
    async (model) => {
      const memory = vi.spyOn(os, 'totalmem').mockReturnValue(2 ** 40);
      const large = { ...config, ...recipeOf(model, 'head', { variant: 'published' }) };
      for (const engine of ['onnx', 'wasm'] as const)
        await expect(refuseTooLarge(large, engine)).rejects.toThrow(
          /^A batch of the stages needs about 13\.8 GiB to train the published head, more than the heap of a CPU engine: .* on a GPU engine\.$/,
        );
      memory.mockRestore();
      await refuseTooLarge(large, 'node-gpu');
    },
  );

  it.each([
    ['vgg16', 'whole', 'all of vgg16'],
    ['densenet201', 'upper', 'densenet201 above conv5_block2_concat'],
    ['densenet201', 'whole', 'all of densenet201'],
    ['convnext-base', 'upper', 'convnext-base above convnext_base_stage_2_block_5_add'],
    ['convnext-base', 'whole', 'all of convnext-base'],
    ['mobilenetv2', 'whole', 'all of mobilenetv2'],
  ] as const)(
    'refuses %s, %s, on a CPU with the memory it would need, and lets its head pass',
    async (model, part, what) => {
      const large = { ...config, ...recipeOf(model, part) };
      await expect(refuseTooLarge(large, 'wasm')).rejects.toThrow(
        new RegExp(
          `^A batch of the stages needs about \\d+\\.\\d GiB to train ${what}, .* on a GPU engine\\.$`,
        ),
      );
      await refuseTooLarge(large, 'webgpu');
      await refuseTooLarge({ ...config, ...recipeOf(model, 'head') }, 'wasm');
    },
  );

  it('is bound by the memory of the machine, not by a heap, where the stages learn as a graph', async () => {
    const large = { ...config, stages: { ...config.stages, batch: 256 } };
    await expect(refuseTooLarge(large, 'wasm')).rejects.toThrow('more than the heap of a CPU engine');
    const { stages } = await stepBytes(large);
    const memory = vi.spyOn(os, 'totalmem').mockReturnValue(2 * stages + 1);
    await expect(refuseTooLarge(large, 'onnx')).resolves.toBeUndefined();
    memory.mockReturnValue(2 * stages - 2);
    await expect(refuseTooLarge(large, 'onnx')).rejects.toThrow("more than half of this machine's memory");
    memory.mockRestore();
  });

  it.each(['vgg16', 'densenet201', 'convnext-tiny'] as const)(
    'refuses the whole of %s on a CPU however much memory there is and however small the batch',
    async (model) => {
      const memory = vi.spyOn(os, 'totalmem').mockReturnValue(2 ** 40);
      const { stages, ...recipe } = recipeOf(model, 'whole');
      const whole = { ...config, ...recipe, stages: { ...stages, batch: 1 } };
      for (const engine of ['onnx', 'wasm'] as const)
        await expect(refuseTooLarge(whole, engine)).rejects.toThrow(
          /^A batch of the stages needs about \d+\.\d GiB to train all of .*, and a CPU would go through/,
        );
      memory.mockRestore();
      await refuseTooLarge(whole, 'node-gpu');
    },
  );
});
