import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { STARTER_RECIPE } from './config.ts';
import { refuseTooLarge, stepBytes } from './memory-guard.ts';

const config = { ...STARTER_RECIPE, costs: STUDY_COSTS, folds: 0, seed: 1 };

describe('refuseTooLarge', () => {
  it('lets the starter recipe pass with room to spare', () => {
    expect(() => refuseTooLarge(config, 'wasm')).not.toThrow();
    expect(Math.max(...Object.values(stepBytes(config)))).toBeLessThan(1.5 * 2 ** 30);
  });

  it.each([
    ['masks', { ...config, masks: { ...config.masks, batch: 64, crop: 224 } }],
    ['stages', { ...config, stages: { ...config.stages, batch: 256 } }],
  ])('refuses huge batches of the %s on wasm, in one sentence, and no other engine', (part, large) => {
    expect(() => refuseTooLarge(large, 'wasm')).toThrow(`A batch of the ${part} needs about`);
    expect(() => refuseTooLarge(large, 'node-gpu')).not.toThrow();
  });
});
