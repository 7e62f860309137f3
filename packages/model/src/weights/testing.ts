import h5wasm from 'h5wasm/node';
import { readWeights } from '../architecture/index.ts';
import type * as tf from '../engine/tf.ts';

/** A weight as a Keras file holds it. */
export interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface StoredLayer {
  /** The layer's group, `/` and all. */
  readonly group: string;
  readonly weights: readonly StoredWeight[];
}

/** The layers of a network with weights, named as here; what a test then renames as some Keras would. */
export function layersOf(network: tf.LayersModel): StoredLayer[] {
  const groups = new Map<string, StoredWeight[]>();
  for (const { name, shape, data } of readWeights(network)) {
    const [layer = '', weight = ''] = name.split('/');
    const stored = { name: `${layer}/${weight}:0`, shape, data: Float32Array.from(data as Float32Array) };
    groups.set(layer, [...(groups.get(layer) ?? []), stored]);
  }
  return [...groups].map(([group, weights]) => ({ group, weights }));
}

/** Groups along a path, made where they are missing. */
function groupFor(root: InstanceType<typeof h5wasm.Group>, path: string) {
  return path.split('/').reduce((parent, name) => {
    const made = parent.keys().includes(name) ? parent.get(name) : parent.create_group(name);
    if (!(made instanceof h5wasm.Group)) throw new Error(`${path} is no group.`);
    return made;
  }, root);
}

/** Text of a fixed width, as numpy hands it to HDF5. */
const fixedWidth = (names: readonly string[]) => `S${Math.max(1, ...names.map((name) => name.length))}`;

function writeNames(group: InstanceType<typeof h5wasm.Group>, attribute: string, names: readonly string[]) {
  // numpy makes an empty list one of numbers.
  if (names.length === 0) group.create_attribute(attribute, new Float64Array(0));
  else group.create_attribute(attribute, [...names], null, fixedWidth(names));
}

function writeWeight(
  group: InstanceType<typeof h5wasm.Group>,
  { name, shape, data }: StoredWeight,
  compressed: boolean,
) {
  const folder = name.split('/').slice(0, -1).join('/');
  const parent = folder === '' ? group : groupFor(group, folder);
  parent.create_dataset({
    name: name.split('/').at(-1) ?? name,
    data,
    shape: [...shape],
    ...(compressed && { chunks: [...shape], compression: 'gzip' as const }),
  });
}

async function writing(file: string, write: (root: InstanceType<typeof h5wasm.File>) => void) {
  await h5wasm.ready;
  const root = new h5wasm.File(file, 'w');
  try {
    write(root);
  } finally {
    root.close();
  }
}

interface LegacyOptions {
  /** As `model.save` lays it out, with the configuration beside the weights. */
  readonly wholeModel?: boolean;
  readonly compressed?: boolean;
  /** How many attributes the layers' names are spread over. */
  readonly parts?: number;
}

/** Writes what Keras 1 and 2, and `save_weights('x.h5')`, write. For tests only. */
export const writeLegacyFile = (
  file: string,
  layers: readonly StoredLayer[],
  { wholeModel = false, compressed = false, parts = 1 }: LegacyOptions = {},
): Promise<void> =>
  writing(file, (root) => {
    const top = wholeModel ? root.create_group('model_weights') : root;
    const names = ['input_1', ...layers.map(({ group }) => group)];
    const length = Math.ceil(names.length / parts);
    for (let part = 0; part < parts; part++) {
      const attribute = parts === 1 ? 'layer_names' : `layer_names${part}`;
      writeNames(top, attribute, names.slice(part * length, (part + 1) * length));
    }
    top.create_attribute('backend', 'tensorflow');
    writeNames(groupFor(top, 'input_1'), 'weight_names', []);
    for (const { group, weights } of layers) {
      const own = groupFor(top, group);
      writeNames(
        own,
        'weight_names',
        weights.map(({ name }) => name),
      );
      for (const weight of weights) writeWeight(own, weight, compressed);
    }
  });

/** Writes what Keras 3 writes into a `.weights.h5`. For tests only. */
export const writeVarsFile = (file: string, layers: readonly StoredLayer[]): Promise<void> =>
  writing(file, (root) => {
    root.create_group('vars').create_attribute('name', 'functional');
    layers.forEach(({ group, weights }, i) => {
      const vars = groupFor(root, `layers/layer_${i}/vars`);
      vars.create_attribute('name', group);
      weights.forEach(({ shape, data }, k) => {
        writeWeight(vars, { name: `${k}`, shape, data }, false);
      });
    });
  });
