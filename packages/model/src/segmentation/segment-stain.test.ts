import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { createImage, decodeImage, preprocess, type Rgb } from '../images/index.ts';
import { countCells } from './count-cells.ts';
import { segmentStain } from './segment-stain.ts';
import { type Disc, discs } from './testing.ts';

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const FIELDS = `${DATA}taleqani-all/Original/`;

const SIZE = 224;
const CELLS: readonly Disc[] = [
  { x: 60, y: 60, radius: 12 },
  { x: 150, y: 90, radius: 13 },
  { x: 110, y: 160, radius: 11 },
];
const RED_CELLS: readonly Disc[] = [20, 60, 100, 140, 180].flatMap((x) => [
  { x, y: 20, radius: 8 },
  { x, y: 200, radius: 8 },
]);

/** White discs of one colour among red cells of another, on a plain background. */
function painted(background: Rgb, redCell: Rgb, nucleus: Rgb, cells: readonly Disc[] = CELLS) {
  const image = createImage(SIZE, SIZE, background);
  for (const [list, colour] of [[RED_CELLS, redCell] as const, [cells, nucleus] as const]) {
    for (const [i, inside] of discs(SIZE, SIZE, list).entries())
      if (inside === 1) image.data.set(colour, i * 3);
  }
  return image;
}

describe('segmentStain', () => {
  it.each<[string, Rgb, Rgb, Rgb]>([
    ['purple blasts among grey-blue red cells', [241, 251, 248], [182, 195, 224], [150, 130, 246]],
    ['pink Pro cells, which the published band misses', [250, 252, 247], [197, 206, 226], [215, 178, 250]],
    ['dark lymphocytes', [245, 251, 243], [195, 203, 221], [80, 50, 215]],
    ['purple cells among pink red cells', [205, 205, 198], [190, 150, 145], [120, 95, 190]],
    ['blasts on a yellow background', [254, 250, 160], [225, 190, 130], [90, 30, 90]],
  ])('finds %s', (_, background, redCell, nucleus) => {
    const { cell } = segmentStain(painted(background, redCell, nucleus));
    const { count, labels } = countCells(cell, SIZE, SIZE);
    expect(count).toBe(CELLS.length);
    expect(new Set(CELLS.map(({ x, y }) => labels[y * SIZE + x]))).toEqual(new Set([1, 2, 3]));
  });

  it.each<[string, Rgb, Rgb]>([
    ['grey-blue', [241, 251, 248], [182, 195, 224]],
    ['pink', [205, 205, 198], [190, 150, 145]],
    ['steel-blue', [237, 251, 249], [150, 175, 228]],
    ['grey', [240, 240, 240], [150, 150, 150]],
  ])('finds nothing among %s red cells alone', (_, background, redCell) => {
    const { cell, nucleus } = segmentStain(painted(background, redCell, redCell, []));
    expect(cell.includes(1)).toBe(false);
    expect(nucleus.includes(1)).toBe(false);
  });

  it.each<[string, Rgb]>([
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
  ])('finds nothing in a %s field', (_, colour) => {
    expect(segmentStain(createImage(SIZE, SIZE, colour)).cell.includes(1)).toBe(false);
  });
});

describe.skipIf(!existsSync(FIELDS))('segmentStain on real fields (../shared/data)', () => {
  it.each(MATURITY_STAGES)('%s: finds cells in every field', async (stage) => {
    const names = readdirSync(`${FIELDS}${stage}`).sort();
    for (let i = 0; i < names.length; i += Math.floor(names.length / 16)) {
      const { field } = await preprocess(await decodeImage(readFileSync(`${FIELDS}${stage}/${names[i]}`)));
      const { cell } = segmentStain(field);
      expect(countCells(cell, SIZE, SIZE).count, names[i]).toBeGreaterThan(0);
      expect(cell.reduce((sum, value) => sum + value, 0) / cell.length, names[i]).toBeLessThan(0.5);
    }
  });
});
