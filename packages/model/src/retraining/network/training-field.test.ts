import { expect, it } from 'vitest';
import { SCALE_BAR } from '../../images/index.ts';
import { planTiles, type Tile } from '../../scale/index.ts';
import type { CorrectedImage } from './corrected-image.ts';
import { generatedCorrections } from './testing.ts';
import { correctedTrainingField, maskInTile } from './training-field.ts';

const onlyTile = (
  width: number,
  height: number,
  factor: number,
): { plan: ReturnType<typeof planTiles>; tile: Tile } => {
  const plan = planTiles(width, height, factor);
  const [tile] = plan.tiles;
  if (!tile) throw new Error('There is no tile.');
  return { plan, tile };
};
const ones = (mask: Uint8Array): number => mask.reduce((sum, v) => sum + v, 0);

it('brings a mask into a tile pixel by pixel, and leaves the covered scale bar and the margin empty', () => {
  const { plan, tile } = onlyTile(224, 224, 1);
  const covered = (SCALE_BAR.right - SCALE_BAR.left) * (SCALE_BAR.bottom - SCALE_BAR.top);
  const full = maskInTile(new Uint8Array(224 * 224).fill(1), { width: 224, height: 224 }, plan, tile);
  expect(ones(full)).toBe(224 * 224 - covered);
  const wide = onlyTile(448, 224, 0.5);
  const shown = maskInTile(
    new Uint8Array(448 * 224).fill(1),
    { width: 448, height: 224 },
    wide.plan,
    wide.tile,
  );
  expect(ones(shown)).toBe(224 * 112);
  expect(ones(shown.subarray(0, 56 * 224))).toBe(0);
  const dot = new Uint8Array(448 * 224);
  for (const at of [0, 1, 448, 449]) dot[at] = 1;
  const placed = maskInTile(dot, { width: 448, height: 224 }, wide.plan, wide.tile);
  expect([...placed.entries()].flatMap(([i, v]) => (v ? [i] : []))).toEqual([56 * 224]);
});

it('takes the masks that a reader drew, with their weight, and weak ones elsewhere', async () => {
  const { images, readFile } = await generatedCorrections(1);
  const [image] = images;
  if (!image?.masks) throw new Error('There is no drawn mask.');
  const field = (change: Partial<CorrectedImage>) =>
    correctedTrainingField({ ...image, ...change }, 4, readFile);
  const both = await field({});
  const weak = await field({ masks: undefined });
  const cellsAlone = await field({ masks: { ...image.masks, nuclei: null } });
  const nucleiAlone = await field({ masks: { ...image.masks, cells: null } });
  expect([both, weak, cellsAlone, nucleiAlone].map(({ maskWeights }) => maskWeights)).toEqual([
    { cells: 4, nuclei: 4 },
    undefined,
    { cells: 4, nuclei: 1 },
    { cells: 1, nuclei: 4 },
  ]);
  expect(both.cells).not.toEqual(weak.cells);
  expect(cellsAlone.cells).toEqual(both.cells);
  expect(nucleiAlone.nucleus).toEqual(both.nucleus);
  for (const { cells, nucleus } of [both, weak, cellsAlone, nucleiAlone])
    expect(nucleus.every((v, i) => v <= (cells[i] ?? 0))).toBe(true);
  expect(both).toMatchObject({ path: image.id, group: image.group, stage: image.stage });
});
