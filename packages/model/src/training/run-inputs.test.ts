import { describe, expect, it } from 'vitest';
import { STARTER_RECIPE } from './config.ts';
import { recipeOf } from './recipes.ts';
import { configOf } from './run-inputs.ts';

describe('configOf', () => {
  it.each([
    [
      'a tap of another backbone',
      { ...STARTER_RECIPE, hybrid: { ...STARTER_RECIPE.hybrid, tap: 'block5_pool' } },
    ],
    ['a share above all', { ...STARTER_RECIPE, stages: { ...STARTER_RECIPE.stages, warmUp: 2 } }],
  ])('refuses %s and names it', (_, recipe) => {
    expect(() => configOf({ recipe, seed: 1 })).toThrow(
      /^The training's (hybrid\.tap|stages\.warmUp) is not valid: /,
    );
  });

  it('takes every backbone, and says nothing of weights that come with the package', () => {
    expect(configOf({ recipe: recipeOf('vgg16', 'head'), seed: 1 }).hybrid.backbone).toBe('vgg16');
    expect(configOf({ seed: 1 })).not.toHaveProperty('initial');
  });
});
