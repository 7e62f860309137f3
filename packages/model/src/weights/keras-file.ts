import { DomainError } from '@blastwise/contracts';
import { floatsAt, groupAt, type Hdf5File, type Hdf5Group, type Hdf5Values, namesAt } from './hdf5.ts';

/** One weight of a Keras file. */
export interface KerasWeight {
  /** The group that holds it: the name of its layer, or of the model that the layer is nested in. */
  readonly group: string;
  /** Its name in full, for instance `conv1/conv/kernel:0`, `block1_conv1_W_1:0` or `0`. */
  readonly name: string;
  read(): Hdf5Values;
}

/** All weights of a file, in the order that its layers keep them. @throws DomainError BAD_INPUT where there are none. */
export function kerasWeights(root: Hdf5File, label: string): KerasWeight[] {
  const legacy = groupAt(root, 'model_weights') ?? root;
  const layers = namesAt(legacy, 'layer_names');
  const weights = layers ? legacyWeights(legacy, layers) : weightsOfVars(root);
  if (weights.length === 0)
    throw new DomainError(
      'BAD_INPUT',
      `${label} holds no weights that Keras has written with names of layers.`,
    );
  return weights;
}

/** One group a layer, which lists its weights: Keras 1 and 2, and Keras 3 where it writes a plain `.h5`. */
function legacyWeights(root: Hdf5Group, layers: readonly string[]): KerasWeight[] {
  return layers.flatMap((group) => {
    const names = namesAt(groupAt(root, group) ?? root, 'weight_names') ?? [];
    return names.map((name) => ({ group, name, read: () => floatsAt(root, `${group}/${name}`) }));
  });
}

/** `.weights.h5` of Keras 3: any depth of groups, the weights numbered in `vars`, which knows its layer's name. */
function weightsOfVars(parent: Hdf5Group): KerasWeight[] {
  return parent.keys().flatMap((key) => {
    const group = groupAt(parent, key);
    if (!group) return [];
    const [layer] = namesAt(group, 'name') ?? [];
    if (key !== 'vars' || layer === undefined) return weightsOfVars(group);
    const numbered = group.keys().sort((a, b) => Number(a) - Number(b));
    return numbered.map((name) => ({ group: layer, name, read: () => floatsAt(group, name) }));
  });
}
