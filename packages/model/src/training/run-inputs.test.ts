import { describe, expect, it } from 'vitest';
import { BACKBONES } from '../architecture/index.ts';
import { STARTER_RECIPE } from './config.ts';
import { configOf } from './run-inputs.ts';

describe('configOf', () => {
  it('refuses a backbone that has neither weights nor a known need of memory', () => {
    const hybrid = { ...STARTER_RECIPE.hybrid, backbone: 'vgg16', tap: BACKBONES.vgg16.defaultTap } as const;
    expect(() => configOf({ recipe: { ...STARTER_RECIPE, hybrid }, seed: 1 })).toThrow(
      "The training's hybrid.backbone is not valid: Only mobilenetv2 can be trained.",
    );
    expect(configOf({ seed: 1 }).hybrid.backbone).toBe('mobilenetv2');
  });
});
