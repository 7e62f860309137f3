import { DomainError } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/index.ts';
import type { ExpectedWeight } from './expected-weights.ts';
import type { KerasWeight } from './keras-file.ts';

/** Layers of a classifier's top, and ConvNeXt's normalisation, which the hybrid applies itself. */
const NOT_OURS = /^(predictions|fc\d+|\w+_head_(layernorm|dense)|\w+_prestem_normalization)$/;
/** Keras numbers the layers that it was given no name for by how many of the kind the session had made. */
const UNNAMED_NORM = /^layer_normalization_\d+$/;

/**
 * Names that a weight's layer may go by here: its name's path (DenseNet's older files say `conv1/conv` for our
 * `conv1_conv`), the last part of it (a layer inside a nested model), its group (Keras 1, whose names have no path).
 */
function candidates({ group, name }: KerasWeight): string[] {
  const path = name.split('/').slice(0, -1);
  const last = path.at(-1);
  return [path.join('_'), ...(last === undefined ? [] : [last]), group.replaceAll('/', '_')].map((layer) =>
    UNNAMED_NORM.test(layer) ? 'layer_normalization' : layer,
  );
}

/** Ours as Keras shapes it: a depthwise kernel [h,w,c,1] is there one of a grouped convolution, [h,w,1,c]. */
function fits({ name, shape }: ExpectedWeight, given: readonly number[]): boolean {
  const [h, w, c] = shape;
  return (
    given.join() === shape.join() || (name === 'depthwise_kernel' && given.join() === [h, w, 1, c].join())
  );
}

/** A few names in words. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/**
 * Gives every weight of a Keras file its name here, layer by layer in Keras's own order; layers of a top are left out.
 *
 * @throws DomainError BAD_INPUT naming the layers that are missing, unknown, or of another shape.
 */
export function matchWeights(
  weights: readonly KerasWeight[],
  expected: ReadonlyMap<string, readonly ExpectedWeight[]>,
  { label, architecture }: { label: string; architecture: string },
): NamedTensor[] {
  const found = new Map<string, KerasWeight[]>();
  const unknown = new Set<string>();
  for (const weight of weights) {
    const layer = candidates(weight).find((name) => expected.has(name));
    if (layer !== undefined) found.set(layer, [...(found.get(layer) ?? []), weight]);
    else if (!NOT_OURS.test(weight.group)) unknown.add(weight.group);
  }
  const missing = [...expected.keys()].filter((layer) => !found.has(layer));
  const faults = [
    ...(missing.length > 0 ? [`it lacks ${listed(missing)}`] : []),
    ...(unknown.size > 0 ? [`it has ${listed([...unknown])}, which ${architecture} has not`] : []),
  ];
  if (faults.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `${label} does not hold the weights of ${architecture}: ${faults.join('; ')}.`,
    );

  return [...expected].flatMap(([layer, wanted]) => {
    const given = found.get(layer) ?? [];
    if (given.length !== wanted.length) {
      const counts = `${given.length} weights instead of ${wanted.length}`;
      throw new DomainError(
        'BAD_INPUT',
        `${label} holds ${counts} for the layer ${layer} of ${architecture}.`,
      );
    }
    return wanted.map((weight, i): NamedTensor => {
      const { shape = [], values = new Float32Array() } = given[i]?.read() ?? {};
      if (!fits(weight, shape)) {
        const shapes = `${shape.join(' x ')} instead of ${weight.shape.join(' x ')}`;
        throw new DomainError(
          'BAD_INPUT',
          `${label} holds ${layer}/${weight.name} as ${shapes}: it is not of ${architecture}.`,
        );
      }
      return { name: `${layer}/${weight.name}`, dtype: 'F32', shape: weight.shape, data: values };
    });
  });
}
