import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { decodeImage, type RgbImage } from '../images/index.ts';
import { type FieldFile, fieldRoot } from './scan.ts';

/** What pictures of a `Segmented/` folder show of one stage's fields; everything that was cut away is black there. */
export interface SegmentedCoverage {
  readonly stage: MaturityStage;
  /** Fields of the stage that have a picture of their name there. */
  readonly files: number;
  /** All fields of the stage. */
  readonly of: number;
  /** Of those, how many show less than a hundredth of the field. */
  readonly nearlyEmpty: number;
  /** Mean share that the pictures show, 0..1; null where there is none. */
  readonly shown: number | null;
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
 * Measures the `Segmented/` folder beside `Original/`, or beside the stage folders: one entry for every stage that has fields, none
 * where there is no such folder. `onField` is called after each field. Throws the error of the first file that is no readable
 * image, as `inspectDataset` does of a field's.
 */
export async function segmentedCoverage(
  directory: string,
  fields: readonly FieldFile[],
  onField: () => void = () => {},
): Promise<SegmentedCoverage[]> {
  const root = await fieldRoot(directory);
  const folder = join(basename(root) === 'Original' ? dirname(root) : root, 'Segmented');
  if (!(await stat(folder).catch(() => null))?.isDirectory()) return [];
  const shares = new Map<MaturityStage, (number | null)[]>(MATURITY_STAGES.map((stage) => [stage, []]));
  for (const { path, stage } of fields) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    shares.get(stage)?.push(bytes && shareShown(await decodeImage(bytes)));
    onField();
  }
  return [...shares].flatMap(([stage, own]) => (own.length === 0 ? [] : [coverageOf(stage, own)]));
}

function coverageOf(stage: MaturityStage, own: readonly (number | null)[]): SegmentedCoverage {
  const shown = own.filter((share) => share !== null);
  return {
    stage,
    files: shown.length,
    of: own.length,
    nearlyEmpty: shown.filter((share) => share < NEARLY_EMPTY).length,
    shown: shown.length === 0 ? null : shown.reduce((a, b) => a + b, 0) / shown.length,
  };
}
