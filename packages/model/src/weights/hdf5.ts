import { open } from 'node:fs/promises';
import { DomainError } from '@blastwise/contracts';
import type { File } from 'h5wasm/node';

export type Hdf5File = File;
export type Hdf5Group = Pick<Hdf5File, 'attrs' | 'get' | 'keys'>;

/** The first bytes of every HDF5 file. */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

async function refuseOther(file: string): Promise<void> {
  const handle = await open(file).catch((cause) => {
    throw new DomainError('NOT_FOUND', `${file} cannot be read.`, { cause });
  });
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(SIGNATURE.length) });
    if (!buffer.equals(SIGNATURE)) {
      throw new DomainError('BAD_INPUT', `${file} is no HDF5 file: Keras's weights are files named .h5.`);
    }
  } finally {
    await handle.close();
  }
}

/**
 * Opens an HDF5 file for one piece of reading and closes it again.
 *
 * @throws DomainError NOT_FOUND, or BAD_INPUT for what is no whole HDF5 file.
 */
export async function withHdf5<T>(file: string, read: (root: Hdf5File) => T): Promise<T> {
  await refuseOther(file);
  const { default: h5wasm } = await import('h5wasm/node');
  const library = await h5wasm.ready;
  // Otherwise the library writes its reasons to stderr and goes on.
  library.activate_throwing_error_handler();
  let root: Hdf5File | undefined;
  try {
    root = new h5wasm.File(file, 'r');
    return read(root);
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('BAD_INPUT', `${file} is damaged or cut off: fetch it again.`, { cause });
  } finally {
    root?.close();
  }
}

/** A group below another one; null where there is none of that name. */
export function groupAt(parent: Hdf5Group, path: string): Hdf5Group | null {
  const found = parent.get(path);
  return found && 'keys' in found ? found : null;
}

export interface Hdf5Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A dataset of 32-bit floats, contiguous or in compressed chunks. @throws DomainError BAD_INPUT for any other. */
export function floatsAt(parent: Hdf5Group, path: string): Hdf5Values {
  const found = parent.get(path);
  const dataset = found && 'dtype' in found && 'shape' in found && found.dtype === '<f' ? found : null;
  const values = dataset?.value;
  if (!(values instanceof Float32Array))
    throw new DomainError('BAD_INPUT', `The weight ${path} is missing or not made of 32-bit floats.`);
  return { shape: dataset?.shape ?? [], values };
}

/**
 * A list of names in an attribute. Where it would not fit an object header, Keras spreads it over `name0`, `name1`, …;
 * an empty one it writes as an empty list of numbers.
 */
export function namesAt({ attrs }: Hdf5Group, attribute: string): string[] | null {
  const parts = attribute in attrs ? [attribute] : chunksOf(attrs, attribute);
  if (parts.length === 0) return null;
  return parts.flatMap((part) => {
    const value = attrs[part]?.value;
    const names = Array.isArray(value) ? value : [value];
    return names.filter((name) => typeof name === 'string');
  });
}

function chunksOf(attrs: Hdf5Group['attrs'], attribute: string): string[] {
  const parts: string[] = [];
  while (`${attribute}${parts.length}` in attrs) parts.push(`${attribute}${parts.length}`);
  return parts;
}
