import type { FieldCoverage } from '../../segmentation/evaluation/index.ts';
import { countCells } from '../../segmentation/index.ts';
import { type LabelledField, readField } from '../labelled-field.ts';
import type { MaskSource } from './mask-source.ts';

/** Measures how many cells the masks of fields show and what share of their pixels they cover. */
export async function measureCoverage(
  fields: readonly Pick<LabelledField, 'path' | 'file' | 'stage'>[],
  find: MaskSource,
  progress: (done: number, total: number) => void,
): Promise<FieldCoverage[]> {
  const covered: FieldCoverage[] = [];
  const share = (mask: Uint8Array): number => mask.reduce((n, v) => n + (v === 0 ? 0 : 1), 0) / mask.length;
  for (const { path, file, stage } of fields) {
    const image = await readField({ file, path });
    const { cell, nucleus } = await find(image);
    const { count } = countCells(
      cell.map((v) => (v === 0 ? 0 : 1)),
      image.width,
      image.height,
    );
    covered.push({ path, stage, cells: count, cell: share(cell), nucleus: nucleus && share(nucleus) });
    progress(covered.length, fields.length);
  }
  return covered;
}
