import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { decodeImage, type RgbImage } from '../images/index.ts';
import { type FieldFile, fieldRoot } from './scan.ts';

/** What pictures of a `Segmented/` folder show of one stage's fields; everything that was cut away is black there. */
export interface SegmentedCoverage {
  readonly stage: MaturityStage;
  /** Fields of the stage that have a picture of their name there. */
  readonly files: number;
  /** Of those, how many show less than a hundredth of the field. */
  readonly nearlyEmpty: number;
  /** Mean share that the pictures show, 0..1. */
  readonly shown: number;
}

/** Brighter than JPEG makes black, 0..255. */
const BLACK = 32;
const NEARLY_EMPTY = 0.01;

/** Share of the pixels that are not black, 0..1. */
export function shareShown({ width, height, data }: RgbImage): number {
  let shown = 0;
  for (let i = 0; i < data.length; i += 3)
    if (Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) > BLACK) shown++;
  return shown / (width * height);
}

/**
 * Measures the `Segmented/` folder beside `Original/`, or beside the stage folders: one entry for every stage that has
 * pictures there. Throws the error of the first file that is no readable image, as `inspectDataset` does of a field's.
 */
export async function segmentedCoverage(
  directory: string,
  fields: readonly FieldFile[],
): Promise<SegmentedCoverage[]> {
  const root = await fieldRoot(directory);
  const folder = join(basename(root) === 'Original' ? dirname(root) : root, 'Segmented');
  const shares = new Map<MaturityStage, number[]>(MATURITY_STAGES.map((stage) => [stage, []]));
  for (const { path, stage } of fields) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (bytes) shares.get(stage)?.push(shareShown(await decodeImage(bytes)));
  }
  return [...shares].flatMap(([stage, own]) =>
    own.length === 0
      ? []
      : [
          {
            stage,
            files: own.length,
            nearlyEmpty: own.filter((share) => share < NEARLY_EMPTY).length,
            shown: own.reduce((a, b) => a + b, 0) / own.length,
          },
        ],
  );
}
