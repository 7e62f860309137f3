import { readFile } from 'node:fs/promises';
import { type BoxedField, boxesOf, matchBoxes, parseVocBoxes } from '../../segmentation/evaluation/index.ts';
import { countCells } from '../../segmentation/index.ts';
import { readField } from '../labelled-field.ts';
import type { MaskSource } from './mask-source.ts';

/** White cells of one field: drawn in boxes, found by the masks, and found with a box that overlaps by half (IoU). */
export interface BoxCount {
  readonly truth: number;
  readonly found: number;
  readonly matched: number;
}

/** Counts how many white cells of fields with boxes the masks find, field by field. */
export async function countBoxes(
  fields: readonly BoxedField[],
  find: MaskSource,
  progress: (done: number, total: number) => void,
): Promise<BoxCount[]> {
  const counts: BoxCount[] = [];
  for (const { image, annotation } of fields) {
    const truth = parseVocBoxes(await readFile(annotation, 'utf8'), 'WBC');
    const picture = await readField({ file: image, path: image });
    const { width, height } = picture;
    const { cell } = await find(picture);
    const cells = countCells(
      cell.map((v) => (v === 0 ? 0 : 1)),
      width,
      height,
    );
    const found = boxesOf(cells, width);
    counts.push({ truth: truth.length, found: found.length, matched: matchBoxes(found, truth) });
    progress(counts.length, fields.length);
  }
  return counts;
}
