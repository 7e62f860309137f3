import { describe, expect, it } from 'vitest';
import { createImage, FIELD_SIZE, type Rgb, type RgbImage } from '../images/index.ts';
import { planTiles } from '../scale/index.ts';
import { lookAt } from './field-look.ts';
import { readTile } from './tile-reading.ts';

const PURPLE: Rgb = [110, 60, 150];
const RED_CELL: Rgb = [225, 150, 160];

/** A disc of radius 14 in each of two places; the network is sure inside, and has a soft border of two pixels. */
function discs(first: Rgb, second: Rgb): { field: RgbImage; mask: Float32Array } {
  const field = createImage(FIELD_SIZE, FIELD_SIZE, [240, 235, 240]);
  const mask = new Float32Array(FIELD_SIZE * FIELD_SIZE).fill(0.05);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % FIELD_SIZE, Math.floor(i / FIELD_SIZE)];
    for (const [cx, cy, colour] of [[60, 60, first] as const, [150, 150, second] as const]) {
      const distance = Math.hypot(x - cx, y - cy);
      if (distance <= 14) field.data.set(colour, 3 * i);
      if (distance <= 16) mask[i] = distance <= 14 ? 0.9 : 0.4;
    }
  }
  return { field, mask };
}

const at = (values: Float32Array, x: number, y: number): number => values[y * FIELD_SIZE + x] ?? Number.NaN;

describe('readTile', () => {
  const [tile] = planTiles(FIELD_SIZE, FIELD_SIZE, 1).tiles;
  const read = ({ field, mask }: ReturnType<typeof discs>) => {
    if (!tile) throw new Error('A field is one tile.');
    return readTile(
      tile,
      { logits: new Float32Array(4), mask, features: new Float32Array(1) },
      { look: lookAt(field, tile.placement) },
    );
  };

  it('hands the masks of white cells on as the network drew them, soft borders and all', () => {
    const shown = discs(PURPLE, PURPLE);
    const { cell, cells } = read(shown);
    expect(cell).toEqual(shown.mask);
    expect(cells).toHaveLength(2);
  });

  it('takes a red cell out of mask and count, and leaves the border of the white one as it was', () => {
    const { cell, cells } = read(discs(PURPLE, RED_CELL));
    expect(cells).toHaveLength(1);
    expect([at(cell, 150, 150), at(cell, 60, 60)]).toEqual([0, Math.fround(0.9)]);
    expect(at(cell, 60 + 15, 60)).toBe(Math.fround(0.4));
  });
});
