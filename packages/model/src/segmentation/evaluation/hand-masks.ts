import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { RgbImage } from '../../images/index.ts';
import type { WhiteCellMasks } from '../segment-stain.ts';

/** A picture of one white cell and its mask drawn by hand. */
export interface HandMaskPair {
  /** Path under the folder, with the folder that it lies in, such as `small/001`. */
  readonly name: string;
  readonly image: string;
  readonly mask: string;
}

const IMAGE = /-image\.png$/;

/** Finds `NNN-image.png` with `NNN-mask.png` beside, also in subfolders, in the order of their names. */
export async function findHandMasks(directory: string): Promise<HandMaskPair[]> {
  const names = await readdir(directory, { recursive: true });
  const known = new Set(names);
  const pairs = names
    .filter((name) => IMAGE.test(name) && known.has(name.replace(IMAGE, '-mask.png')))
    .sort()
    .map((name) => ({
      name: name.replace(IMAGE, ''),
      image: join(directory, name),
      mask: join(directory, name.replace(IMAGE, '-mask.png')),
    }));
  if (pairs.length === 0)
    throw new DomainError('NOT_FOUND', `${directory} holds no pictures with hand-made masks beside them.`);
  return pairs;
}

const CELL_FROM = 64;
const NUCLEUS_FROM = 192;

/** Reads a mask drawn white (nucleus), grey (cytoplasm) and black (background); 0|1 a pixel. */
export function readHandMask({ data }: RgbImage): WhiteCellMasks {
  const level = (from: number) =>
    Uint8Array.from({ length: data.length / 3 }, (_, i) => ((data[3 * i] ?? 0) >= from ? 1 : 0));
  return { cell: level(CELL_FROM), nucleus: level(NUCLEUS_FROM) };
}
