import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTER_RECIPE } from '../config.ts';
import type { StagesJob } from '../stages/index.ts';
import { TINY_RECIPE, writeDataset } from '../testing-run.ts';
import { type AblateOptions, ablate } from './ablate.ts';
import { VARIANTS } from './variants.ts';

let folder = '';
let options: AblateOptions;
const { views } = STARTER_RECIPE.stages;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-ablate-'));
  const [data, split] = [join(folder, 'data'), join(folder, 'split.json')];
  await writeFile(split, JSON.stringify(await writeDataset(data)));
  const stages = { ...TINY_RECIPE.stages, views: views.map((view) => ({ ...view, copies: 1 })) };
  const recipe = { ...TINY_RECIPE, stages };
  options = { data, split, engine: 'wasm', seed: 3, folds: 2, judged: 1, epochs: 1, recipe, out: '' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the variants', () => {
  const job = {
    config: { stages: STARTER_RECIPE.stages },
    views: [{ name: 'a', unet: Float32Array.of(1, 2) }],
  } as unknown as StagesJob;

  it.each([
    ['complete', ['plain', 'recoloured', 'grey', 'cells-on-foreign', 'cells-on-colour', 'cell-less'], [1, 2]],
    [
      'unet-block',
      ['plain', 'recoloured', 'grey', 'cells-on-foreign', 'cells-on-colour', 'cell-less'],
      [0, 0],
    ],
    [
      'batch-norms',
      ['plain', 'recoloured', 'grey', 'cells-on-foreign', 'cells-on-colour', 'cell-less'],
      [1, 2],
    ],
    ['lying-views', ['plain'], [1, 2]],
    ['exchanged-colours', ['plain', 'grey', 'cells-on-foreign', 'cells-on-colour', 'cell-less'], [1, 2]],
    ['grey', ['plain', 'recoloured', 'cells-on-foreign', 'cells-on-colour', 'cell-less'], [1, 2]],
    ['exchanged-backgrounds', ['plain', 'recoloured', 'grey', 'cell-less'], [1, 2]],
    ['cell-less', ['plain', 'recoloured', 'grey', 'cells-on-foreign', 'cells-on-colour'], [1, 2]],
  ])('%s trains on its views and U-Net features', (name, kinds, unet) => {
    const changed = VARIANTS.find((variant) => variant.name === name)?.without(job);
    expect(changed?.config.stages.views.map(({ kind }) => kind)).toEqual(kinds);
    expect([...(changed?.views[0]?.unet ?? [])]).toEqual(unet);
    expect(changed?.config.stages.unfoldBatchNorms).toBe(name !== 'batch-norms');
  });
});

describe('ablate', () => {
  it('judges every variant on the same fields, writes what it found in the place of an earlier one and leaves nothing behind', async () => {
    const out = join(folder, 'found');
    await mkdir(out);
    await writeFile(join(out, 'ABLATION.md'), 'An earlier one.');
    await expect(ablate({ ...options, out })).rejects.toMatchObject({ code: 'CONFLICT' });
    const found = await ablate({ ...options, out, overwrite: true });
    expect(found).toMatchObject({ folds: 2, judged: 1, epochs: 1 });
    expect(found.variants.map(({ name }) => name)).toEqual(VARIANTS.map(({ name }) => name));
    for (const { copies, loss, name } of found.variants) {
      expect(copies.plain.n).toBe(found.n);
      expect(loss === null).toBe(name === 'complete');
    }
    const written = JSON.parse(await readFile(join(out, 'ablation.json'), 'utf8'));
    expect(written).toEqual({ ...found, notice: RESEARCH_NOTICE });
    const report = await readFile(join(out, 'ABLATION.md'), 'utf8');
    for (const { title } of VARIANTS) expect(report).toContain(`| ${title} |`);
    expect(report).toContain('not for diagnosis');
    expect((await readdir(folder)).sort()).toEqual(['data', 'found', 'split.json']);
  }, 180_000);

  it('refuses to judge more folds than there are', async () => {
    await expect(ablate({ ...options, judged: 3, out: join(folder, 'none') })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
