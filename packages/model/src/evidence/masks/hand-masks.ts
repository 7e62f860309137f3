import {
  type HandMaskPair,
  type MaskScore,
  readHandMask,
  scoreMasks,
} from '../../segmentation/evaluation/index.ts';
import { readField } from '../labelled-field.ts';
import type { MaskSource } from './mask-source.ts';

/** Scores the masks of pictures against those drawn by hand. */
export async function scoreHandMasks(
  pairs: readonly HandMaskPair[],
  find: MaskSource,
  progress: (done: number, total: number) => void,
): Promise<MaskScore[]> {
  const scores: MaskScore[] = [];
  for (const { name, image, mask } of pairs) {
    const found = await find(await readField({ file: image, path: name }));
    const drawn = readHandMask(await readField({ file: mask, path: name }));
    scores.push(scoreMasks(name, found, drawn));
    progress(scores.length, pairs.length);
  }
  return scores;
}
