import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKBONES, buildNetwork, namedWeights, readWeights } from '../architecture/index.ts';
import { writeSafetensors } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { weightsFile } from '../weights/index.ts';
import { backboneStart, startingParts } from './backbone-start.ts';
import { recipeOf } from './recipes.ts';

let folder = '';
const { hybrid } = recipeOf('densenet121', 'head');
const small = { ...hybrid, size: 32, unetFilters: [2, 4], head: [4] };

beforeAll(async () => {
  await selectEngine('cpu');
  folder = await mkdtemp(join(tmpdir(), 'blastwise-start-'));
  await mkdir(join(folder, 'empty'));
  const network = buildNetwork('densenet121', BACKBONES.densenet121.stages(5), [32, 32, 3]);
  const metadata = { architecture: 'densenet121', published: 'true' };
  await writeFile(weightsFile(folder, 'densenet121'), writeSafetensors(readWeights(network), metadata));
  network.dispose();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const firstKernel = ({ whole }: Awaited<ReturnType<typeof startingParts>>) =>
  namedWeights(whole).get('conv1_conv/kernel')?.read().dataSync() ?? new Float32Array();

describe('backboneStart', () => {
  it('finds weights by the name of the backbone and remembers their hash', async () => {
    const { initial, file } = await backboneStart(hybrid, { weightsFolder: folder });
    expect(initial).toMatchObject({ from: 'file', published: true });
    const parts = await startingParts({ hybrid: small, ...(initial && { initial }) }, file);
    const drawn = buildNetwork('densenet121', BACKBONES.densenet121.stages(5), [32, 32, 3]);
    expect(firstKernel(parts)).toEqual(drawn.getLayer('conv1_conv').weights[0]?.read().dataSync());
    drawn.dispose();
    parts.dispose();
  });

  it('draws them where that is asked for', async () => {
    const { initial, file } = await backboneStart(hybrid, { fromScratch: true, weightsFolder: folder });
    expect({ initial, file }).toEqual({ initial: { from: 'scratch' }, file: null });
    const parts = await startingParts({ hybrid: small, initial: { from: 'scratch' } }, file);
    expect(new Set(firstKernel(parts)).size).toBeGreaterThan(1000);
    parts.dispose();
  });

  it('draws them only where there are none, where that is asked for', async () => {
    const start = (model: 'densenet121' | 'vgg16' | 'mobilenetv2') =>
      backboneStart(recipeOf(model, 'head').hybrid, { fromScratch: 'where-missing', weightsFolder: folder });
    expect(await start('vgg16')).toEqual({ initial: { from: 'scratch' }, file: null });
    expect(await start('densenet121')).toMatchObject({ initial: { from: 'file' } });
    expect(await start('mobilenetv2')).toEqual({ file: expect.stringContaining('mobilenetv2-1.0-224') });
  });

  it("takes MobileNetV2's from the package", async () => {
    const start = await backboneStart(recipeOf('mobilenetv2', 'upper').hybrid, {});
    expect(start).toEqual({ file: expect.stringContaining('mobilenetv2-1.0-224') });
  });

  it.each([
    [
      'no weights',
      'vgg16',
      {},
      /^There are no ImageNet weights of vgg16: get them by `blastwise weights fetch vgg16`/,
    ],
    ['a folder without them', 'convnext-base', { weightsFolder: 'empty' }, /weights fetch convnext-base/],
    ['a file that is not there', 'vgg16', { backboneWeights: 'none' }, /cannot be read/],
    [
      "another backbone's",
      'vgg16',
      { backboneWeights: 'densenet121.safetensors' },
      /holds weights of densenet121, not/,
    ],
    ['nothing to be drawn', 'mobilenetv2', { fromScratch: true }, /cannot be trained from scratch/],
  ] as const)('refuses %s in one sentence', async (_, model, options, why) => {
    const within = Object.fromEntries(
      Object.entries(options).map(([key, value]) => [
        key,
        typeof value === 'string' ? join(folder, value) : value,
      ]),
    );
    await expect(backboneStart(recipeOf(model, 'head').hybrid, within)).rejects.toThrow(why);
  });
});
