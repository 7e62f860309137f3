import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKBONES, buildNetwork, readWeights } from '../architecture/index.ts';
import { buildSmall, randomiseWeights } from '../architecture/testing.ts';
import { readSafetensors } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { expectedWeights } from './expected-weights.ts';
import { withHdf5 } from './hdf5.ts';
import { importWeights } from './import-weights.ts';
import { kerasWeights } from './keras-file.ts';
import { matchWeights } from './match-weights.ts';
import { layersOf, type StoredLayer, type StoredWeight, writeLegacyFile, writeVarsFile } from './testing.ts';

let folder = '';
beforeAll(async () => {
  await selectEngine('cpu');
  folder = await mkdtemp(join(tmpdir(), 'blastwise-weights-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A small network of a family with random weights, as Keras would lay it out. */
function small(family: string) {
  const network = buildSmall(family);
  randomiseWeights(network, 7);
  const result = {
    weights: readWeights(network),
    layers: layersOf(network),
    expected: expectedWeights(network),
  };
  network.dispose();
  return result;
}

const read = (file: string, { expected }: ReturnType<typeof small>) =>
  withHdf5(file, (root) =>
    matchWeights(kerasWeights(root, 'x.h5'), expected, { label: 'x.h5', architecture: 'net' }),
  );

const renamed = (
  layers: readonly StoredLayer[],
  layer: (name: string) => string,
  weight = (name: string) => name,
) =>
  layers.map(({ group, weights }) => ({
    group: layer(group),
    weights: weights.map((w) => ({ ...w, name: weight(w.name.replace(group, layer(group))) })),
  }));

const TOP: StoredLayer[] = [
  { group: 'fc1', weights: [{ name: 'fc1/kernel:0', shape: [2, 3], data: new Float32Array(6) }] },
  { group: 'predictions', weights: [{ name: 'predictions/bias:0', shape: [3], data: new Float32Array(3) }] },
];

/** Stem and down-sampling are models of two layers in Keras; a depthwise convolution is a grouped one there. */
function asKerasConvNeXt(layers: readonly StoredLayer[]): StoredLayer[] {
  const grouped = ({ name, shape, data }: StoredWeight): StoredWeight => {
    const [h = 0, w = 0, c = 0] = shape;
    return name.includes('depthwise_kernel')
      ? { name: name.replace('depthwise_kernel', 'kernel'), shape: [h, w, 1, c], data }
      : { name: name.replace(/^.*_layer_scale.gamma/, 'Variable'), shape, data };
  };
  const nested = (group: string) =>
    group.replace(/_stem_\w+$/, '_stem').replace(/_downsampling_\w+_(\d)$/, '_downsampling_block_$1');
  const groups = new Map<string, StoredWeight[]>();
  for (const { group, weights } of layers) {
    const own = group === 'layer_normalization' ? 'layer_normalization_4' : nested(group);
    groups.set(own, [...(groups.get(own) ?? []), ...weights.map(grouped)]);
  }
  const norm: StoredLayer = {
    group: 'convnext_prestem_normalization',
    weights: [{ name: 'mean:0', shape: [3], data: new Float32Array(3) }],
  };
  return [norm, ...[...groups].map(([group, weights]) => ({ group, weights }))];
}

describe('a Keras file', () => {
  it.each<[string, string, (file: string, layers: StoredLayer[]) => Promise<void>]>([
    [
      'Keras 1, with top',
      'vgg',
      (file, layers) => {
        const old = (name: string) => name.replace(/\/kernel:0$/, '_W_1:0').replace(/\/bias:0$/, '_b_1:0');
        return writeLegacyFile(file, [...renamed(layers, (n) => n, old), ...TOP]);
      },
    ],
    [
      'Keras 2, older DenseNet names, compressed',
      'densenet',
      (file, layers) => {
        const old = (name: string) => name.replace(/^conv1_(conv|bn)$/, 'conv1/$1');
        return writeLegacyFile(file, renamed(layers, old), { compressed: true });
      },
    ],
    [
      'Keras 2, names over three attributes',
      'densenet',
      (file, layers) => writeLegacyFile(file, layers, { parts: 3 }),
    ],
    ['Keras 2, nested models', 'convnext', (file, layers) => writeLegacyFile(file, asKerasConvNeXt(layers))],
    [
      'a whole model of Keras 3',
      'convnext',
      (file, layers) => {
        const plain = (name: string) => name.replace(':0', '');
        return writeLegacyFile(
          file,
          renamed(layers, (n) => n, plain),
          { wholeModel: true },
        );
      },
    ],
    ['Keras 3, numbered variables', 'densenet', writeVarsFile],
  ])('of %s gives every weight its name here', async (name, family, write) => {
    const net = small(family);
    const file = join(folder, `${name.replaceAll(' ', '-')}.h5`);
    await write(file, net.layers);
    expect(await read(file, net)).toEqual(net.weights);
  });

  it.each<[string, (layers: StoredLayer[]) => StoredLayer[], string]>([
    ['lacks layers', (l) => l.slice(0, 1), 'it lacks block1_conv2, block2_conv1, block2_conv2 and 2 more.'],
    ['has others', (l) => [...l, ...renamed(TOP.slice(0, 1), () => 'odd')], 'it has odd, which net has not.'],
    [
      'lacks a bias',
      (l) => l.map((x, i) => (i === 0 ? { ...x, weights: x.weights.slice(0, 1) } : x)),
      '1 weights instead of 2 for the layer block1_conv1',
    ],
    [
      'has another shape',
      (l) =>
        l.map((x, i) =>
          i === 0 ? { ...x, weights: x.weights.map((w) => ({ ...w, shape: [w.data.length] })) } : x,
        ),
      'block1_conv1/kernel as 108 instead of 3 x 3 x 3 x 4',
    ],
    ['holds nothing', () => [], 'x.h5 holds no weights'],
  ])('that %s is refused in one sentence', async (_, change, why) => {
    const net = small('vgg');
    const file = join(folder, 'wrong.h5');
    await writeLegacyFile(file, change(net.layers));
    await expect(read(file, net)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(why),
    });
  });
});

describe('importWeights', () => {
  it('writes a whole backbone as safetensors, and the same bytes again', async () => {
    const network = buildNetwork('densenet121', BACKBONES.densenet121.stages(5), [32, 32, 3]);
    const [file, out] = [join(folder, 'densenet121.h5'), join(folder, 'made', 'densenet121.safetensors')];
    await writeLegacyFile(file, layersOf(network));
    const imported = await importWeights(file, 'densenet121', out);
    expect(imported).toMatchObject({ parameters: 7_037_504, weights: 604, published: false });
    const bytes = await readFile(out);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata).toMatchObject({ architecture: 'densenet121', published: 'false' });
    for (const { name, data } of readWeights(network)) expect(tensors.get(name)?.data).toEqual(data);
    network.dispose();
    await importWeights(file, 'densenet121', out);
    expect((await readFile(out)).equals(bytes)).toBe(true);
  });

  it.each([
    ['text', 'text', 'is no HDF5 file'],
    ['cut off', 'cut', 'is damaged or cut off'],
    ['missing', 'missing', 'cannot be read'],
  ])('refuses a file that is %s', async (_, name, why) => {
    await writeFile(join(folder, 'text'), 'these are no weights');
    await writeLegacyFile(join(folder, 'whole'), TOP);
    await writeFile(join(folder, 'cut'), (await readFile(join(folder, 'whole'))).subarray(0, -100));
    const out = join(folder, 'never');
    await expect(importWeights(join(folder, name), 'vgg16', out)).rejects.toThrow(why);
    await expect(readFile(out)).rejects.toThrow();
  });
});
