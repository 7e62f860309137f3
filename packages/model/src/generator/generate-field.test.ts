import { createHash } from 'node:crypto';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { countCells, segmentStain } from '../segmentation/index.ts';
import { generateField } from './generate-field.ts';
import { STAGE_LOOKS } from './looks.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function dice(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let sum = 0;
  for (const [i, value] of a.entries()) {
    both += value & (b[i] ?? 0);
    sum += value + (b[i] ?? 0);
  }
  return sum === 0 ? 1 : (2 * both) / sum;
}

const SEEDS = [11, 12, 13, 14, 15, 16];

describe('generateField', () => {
  it('draws the same pixels on every machine', () => {
    const hashes = MATURITY_STAGES.map((stage) => {
      const field = generateField({ seed: 5, stage });
      return sha256(Buffer.concat([field.image.data, field.mask, field.nuclei])).slice(0, 16);
    });
    expect(hashes).toMatchInlineSnapshot(`
      [
        "3d7effe3a4cc48fa",
        "0c926830ed60b324",
        "9a4a41c0538aa288",
        "0fe4dafd24387979",
      ]
    `);
  });

  it('differs by seed and by stage', () => {
    const fields = [1, 2].flatMap((seed) => MATURITY_STAGES.map((stage) => generateField({ seed, stage })));
    expect(new Set(fields.map(({ image }) => sha256(image.data))).size).toBe(8);
  });

  it.each(MATURITY_STAGES)('%s: the mask covers each cell it names, and the nucleus lies inside', (stage) => {
    for (const seed of SEEDS) {
      const { image, mask, nuclei, cells } = generateField({ seed, stage });
      expect([image.width, image.height, image.data.length, mask.length]).toEqual([
        224, 224, 150_528, 50_176,
      ]);
      expect(cells.length).toBeGreaterThan(2);
      for (const { x, y } of cells) expect(mask[Math.round(y) * 224 + Math.round(x)]).toBe(1);
      expect(nuclei.every((value, i) => value <= (mask[i] ?? 0))).toBe(true);
      expect(countCells(mask, 224, 224).count).toBe(cells.length);
    }
  });

  it.each(MATURITY_STAGES)('%s: the stain method finds its cells', (stage) => {
    for (const seed of SEEDS) {
      const field = generateField({ seed, stage });
      const { cell, nucleus } = segmentStain(field.image);
      expect(dice(cell, field.mask)).toBeGreaterThan(0.8);
      expect(dice(nucleus, field.nuclei)).toBeGreaterThan(0.75);
      expect(Math.abs(countCells(cell, 224, 224).count - field.cells.length)).toBeLessThanOrEqual(1);
    }
  });

  it.each(MATURITY_STAGES)(
    '%s: a field without white cells has none to find, or a smudge at most',
    (stage) => {
      for (const seed of SEEDS) {
        const { image, mask, cells } = generateField({ seed, stage, cells: 0 });
        expect(cells).toEqual([]);
        expect(mask.includes(1)).toBe(false);
        const found = countCells(segmentStain(image).cell, 224, 224).count;
        expect(found).toBeLessThanOrEqual(STAGE_LOOKS[stage].smudges[1]);
      }
    },
  );

  it('gives the number of cells asked for, and grows with the size', () => {
    const { cells, image } = generateField({ seed: 3, stage: 'Early', cells: 7, size: 448 });
    expect(cells).toHaveLength(7);
    expect([image.width, image.height]).toEqual([448, 448]);
    expect(Math.min(...cells.map(({ radius }) => radius))).toBeGreaterThan(20);
  });

  it("puts a stage's cells on another stage's slide", () => {
    const field = generateField({ seed: 8, stage: 'Pro', slide: 'Pre', cells: 6 });
    expect(field.stage).toBe('Pro');
    expect(dice(segmentStain(field.image).cell, field.mask)).toBeGreaterThan(0.8);
  });
});
