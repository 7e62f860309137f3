import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countCells, segmentStain } from '../segmentation/index.ts';
import { decodeImage } from './decode.ts';
import { DEMO_DIR } from './demo.ts';
import { preprocess } from './preprocess.ts';

const photographs = readdirSync(DEMO_DIR).filter((name) => name.endsWith('.jpg'));

it('ships two photographs with their licence', () => {
  expect(photographs).toHaveLength(2);
  expect(readFileSync(join(DEMO_DIR, 'ATTRIBUTION.md'), 'utf8')).toContain('MIT License');
});

it.each(photographs)('%s shows two white cells among pink red ones', async (name) => {
  const { field } = await preprocess(await decodeImage(readFileSync(join(DEMO_DIR, name))));
  const { cell } = segmentStain(field);
  expect(countCells(cell, field.width, field.height).count).toBe(2);
});
