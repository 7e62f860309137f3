import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { scanFields } from '../dataset/index.ts';
import { generateField } from '../generator/index.ts';
import { backgroundStatistics, decodeImage } from '../images/index.ts';
import { countCells, segmentStain } from '../segmentation/index.ts';
import { COUNTERFACTUAL_KINDS, type CopiedField, counterfactualCopy, donorOf } from './copy.ts';

const fields: CopiedField[] = MATURITY_STAGES.map((stage, i) => ({
  path: `${stage}/${i}.png`,
  stage,
  image: generateField({ seed: i + 1, stage }).image,
}));
const donors = fields.map(donorOf);
const [benign] = fields as [CopiedField];
const cellsOf = (image: CopiedField['image']): number =>
  countCells(segmentStain(image).cell, image.width, image.height).count;

describe('counterfactualCopy', () => {
  it.each(COUNTERFACTUAL_KINDS)('%s: the same field, seed and donors give the same bytes', (kind) => {
    const options = { kind, seed: 2 };
    const copy = counterfactualCopy(benign, donors, options);
    expect(copy).toEqual(counterfactualCopy({ ...benign }, [...donors], options));
    expect([copy.width, copy.height]).toEqual([benign.image.width, benign.image.height]);
    expect(copy.data).not.toEqual(benign.image.data);
  });

  it('draws another donor for another path or seed', () => {
    const colours = (path: string, seed: number): number =>
      backgroundStatistics(counterfactualCopy({ ...benign, path }, donors, { kind: 'recoloured', seed }))
        .mean[0];
    const byPath = Array.from({ length: 12 }, (_, i) => colours(`Benign/${i}.png`, 1));
    const bySeed = Array.from({ length: 12 }, (_, i) => colours('Benign/0.png', i));
    for (const drawn of [byPath, bySeed]) expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  it('takes the colours of another stage, or refuses', () => {
    const own = donorOf(benign);
    const foreign = donorOf(fields[2] as CopiedField);
    const copy = counterfactualCopy(benign, [own, foreign], { kind: 'recoloured', seed: 1 });
    backgroundStatistics(copy).mean.forEach((value, c) => {
      expect(Math.abs(value - (foreign.background.mean[c] ?? 0))).toBeLessThan(4);
    });
    expect(() => counterfactualCopy(benign, [own], { kind: 'recoloured', seed: 1 })).toThrow(
      'Benign/0.png: none of the donors is of another stage than Benign.',
    );
  });

  it.each(fields)('leaves no white cell in $path without cells, and every one in cells only', (field) => {
    const cells = cellsOf(field.image);
    expect(cells).toBeGreaterThan(0);
    expect(cellsOf(counterfactualCopy(field, [], { kind: 'cell-less', seed: 1 }))).toBe(0);
    const only = counterfactualCopy(field, [], { kind: 'cells-only', seed: 1 });
    const { cell } = segmentStain(field.image);
    const expected = field.image.data.map((v, i) => (cell[Math.floor(i / 3)] === 1 ? v : 128));
    expect(only.data).toEqual(expected);
  });
});

const data = fileURLToPath(new URL('../../../../../shared/data/taleqani-all', import.meta.url));
describe.skipIf(!existsSync(data))('on the Taleqani set', () => {
  it('leaves no white cell in cell-less copies', { timeout: 120_000 }, async () => {
    const left: string[] = [];
    for (const { path, stage, file } of (await scanFields(data)).filter((_, i) => i % 180 === 0)) {
      const image = await decodeImage(await readFile(file));
      const cells = cellsOf(counterfactualCopy({ path, stage, image }, [], { kind: 'cell-less', seed: 1 }));
      if (cells > 0) left.push(`${path}: ${cells}`);
    }
    expect(left).toEqual([]);
  });
});
