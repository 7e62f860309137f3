import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STARTER_RECIPE } from './config.ts';
import { recipeOf } from './recipes.ts';
import { configOf, keepStart, refuseUnfinished } from './run-inputs.ts';

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

describe('keepStart', () => {
  const resumed = async (kept: string): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'blastwise-start-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'config.json');
    await writeFile(file, kept);
    await keepStart(file, { seed: 1 }, 'abc');
  };

  it('lets a run go on with what it was started with', async () => {
    await expect(resumed('{"seed":1,"data":"abc"}')).resolves.toBeUndefined();
  });

  it.each([
    ['another configuration', '{"seed":2,"data":"abc"}', /was started with another configuration/],
    ['another split', '{"seed":1,"data":"abd"}', /was started on another split/],
    ['a split that was not kept', '{"seed":1}', /does not say on which split it was started: start anew/],
    ['half a file', '{"seed":', /does not say on which split/],
  ])('refuses %s', async (_, kept, sentence) => {
    await expect(resumed(kept)).rejects.toThrow(
      expect.objectContaining({ code: 'CONFLICT', message: expect.stringMatching(sentence) }),
    );
  });
});

describe('refuseUnfinished', () => {
  it('keeps the checkpoints of a run that did not end, and says how to go on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blastwise-start-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await expect(refuseUnfinished(folder)).rejects.toThrow(/go on with --resume, or start anew with --force/);
    await expect(refuseUnfinished(join(folder, 'none'))).resolves.toBeUndefined();
  });
});
