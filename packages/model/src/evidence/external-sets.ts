import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import {
  type BoxedField,
  findBoxedFields,
  findHandMasks,
  type HandMaskPair,
} from '../segmentation/evaluation/index.ts';

/** A photograph of one normal cell. */
export interface CellPicture {
  /** `<kind>/<file name>`. */
  readonly path: string;
  readonly file: string;
  readonly kind: string;
}

/** Sets of other sources, null where they were not given. */
export interface ExternalSets {
  readonly handMasks: readonly HandMaskPair[] | null;
  readonly boxes: readonly BoxedField[] | null;
  readonly pbc: readonly CellPicture[] | null;
}

/** Folders of the sets below the one that holds them. */
export const EXTERNAL_FOLDERS = { handMasks: 'wbc-segmentation', boxes: 'bccd', pbc: 'pbc' } as const;

const IMAGE = /\.(jpe?g|png|tiff?|webp)$/i;

async function cellPictures(folder: string): Promise<CellPicture[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => IMAGE.test(name)).sort();
  const pictures = names.flatMap((path) => {
    const [kind = '', name] = path.split(/[\\/]/);
    return name === undefined ? [] : [{ path: `${kind}/${name}`, file: join(folder, path), kind }];
  });
  if (pictures.length === 0)
    throw new DomainError('NOT_FOUND', `${folder} holds no folders of cell pictures, one a kind.`);
  return pictures;
}

/**
 * Looks for the sets in one folder; without a folder there are none.
 *
 * @throws DomainError NOT_FOUND where the folder holds none of them, or one of them holds nothing.
 */
export async function findExternalSets(folder?: string): Promise<ExternalSets> {
  if (folder === undefined) return { handMasks: null, boxes: null, pbc: null };
  const find = async <Found>(name: string, list: (path: string) => Promise<Found>): Promise<Found | null> => {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    return found?.isDirectory() ? list(path) : null;
  };
  const sets: ExternalSets = {
    handMasks: await find(EXTERNAL_FOLDERS.handMasks, findHandMasks),
    boxes: await find(EXTERNAL_FOLDERS.boxes, findBoxedFields),
    pbc: await find(EXTERNAL_FOLDERS.pbc, cellPictures),
  };
  if (Object.values(sets).every((set) => set === null)) {
    const names = Object.values(EXTERNAL_FOLDERS).join(', ');
    throw new DomainError('NOT_FOUND', `${folder} holds none of the folders ${names}.`);
  }
  return sets;
}
