import { readFile } from 'node:fs/promises';
import { estimateShare } from '../../metrics/index.ts';
import { type BoxedField, matchBoxes, parseVocBoxes } from '../../segmentation/evaluation/index.ts';
import { boxesOf, countCells } from '../../segmentation/index.ts';
import { readField } from '../labelled-field.ts';
import { inTurn, NOTHING, type Part, SAMPLES, type Subject } from '../part.ts';
import { sampleOf } from '../sample.ts';
import type { ModelEvidence } from '../schema.ts';
import { eachMethod, MASK_METHODS, type MaskSource, maskSource, PICTURE_SIDE } from './mask-source.ts';

type Boxes = NonNullable<ModelEvidence['masks']['boxes']>;

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

const total = (counts: readonly BoxCount[], name: keyof BoxCount): number =>
  counts.reduce((sum, count) => sum + count[name], 0);

/** How many of the cells drawn (or found) were matched, by resampling fields. */
function matchedOf(counts: readonly BoxCount[], of: 'truth' | 'found', seed: number) {
  const cells = counts.flatMap((count, field) =>
    Array.from({ length: count[of] }, (_, i) => ({ group: `${field}`, hit: i < count.matched })),
  );
  return estimateShare(cells, seed);
}

/** White cells found of those that a reader drew boxes around. */
export function boxesPart(
  { predictor, seed }: Subject,
  all: readonly BoxedField[] | null,
): Part<Boxes | null> {
  if (!all) return NOTHING;
  const fields = sampleOf(all, SAMPLES.pictures, seed);
  return {
    steps: MASK_METHODS.length * fields.length,
    measure: async (report) => {
      const next = inTurn(report);
      let truth = 0;
      const methods = await eachMethod(async (method) => {
        const find = maskSource(method, predictor, PICTURE_SIDE.bccd);
        const counts = await countBoxes(fields, find, next(fields.length));
        truth = total(counts, 'truth');
        return {
          found: total(counts, 'found'),
          matched: total(counts, 'matched'),
          recall: matchedOf(counts, 'truth', seed),
          precision: matchedOf(counts, 'found', seed),
        };
      });
      return { fields: fields.length, truth, methods };
    },
  };
}
