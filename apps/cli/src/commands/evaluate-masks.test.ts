import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng, type RgbImage } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';

/** The generator's masks as a hand draws them: white nucleus, grey cytoplasm, black background. */
function drawnMask(mask: Uint8Array, nuclei: Uint8Array, side: number): RgbImage {
  const levels = Array.from(mask, (cell, i) => (nuclei[i] === 1 ? 255 : cell === 1 ? 128 : 0));
  return { width: side, height: side, data: Uint8Array.from(levels.flatMap((v) => [v, v, v])) };
}

/** The left upper part of a field. */
function corner({ width, data }: RgbImage, side: number): RgbImage {
  const rows = Array.from({ length: side }, (_, y) => data.subarray(y * width * 3, (y * width + side) * 3));
  return { width: side, height: side, data: Uint8Array.from(rows.flatMap((row) => [...row])) };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-masks-'));
  const { image, mask, nuclei, cells } = generateField({ seed: 3, stage: 'Early' });
  const whole = drawnMask(mask, nuclei, image.width);
  await mkdir(join(root, 'wbc', 'small'), { recursive: true });
  await writeFile(join(root, 'wbc', 'small', '001-image.png'), await encodePng(corner(image, 112)));
  await writeFile(join(root, 'wbc', 'small', '001-mask.png'), await encodePng(corner(whole, 112)));
  await mkdir(join(root, 'boxed', 'JPEGImages'), { recursive: true });
  await mkdir(join(root, 'boxed', 'Annotations'));
  await writeFile(join(root, 'boxed', 'JPEGImages', 'one.png'), await encodePng(image));
  const objects = cells.map(({ x, y, radius }) => {
    const sides = { xmin: x - radius, ymin: y - radius, xmax: x + radius, ymax: y + radius };
    const box = Object.entries(sides).map(([tag, at]) => `<${tag}>${Math.round(at)}</${tag}>`);
    return `<object><name>WBC</name><bndbox>${box.join('')}</bndbox></object>`;
  });
  const annotation = `<annotation>${objects.join('\n')}</annotation>`;
  await writeFile(join(root, 'boxed', 'Annotations', 'one.xml'), annotation);
  await mkdir(join(root, 'fields', 'Early'), { recursive: true });
  await writeFile(join(root, 'fields', 'Early', 'one.png'), await encodePng(image));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const measure = async (asked: readonly string[], run = runHere) => {
  const args = ['evaluate-masks', '--method', 'stain', '--json', ...asked];
  const { status, stdout } = await run(args, { cwd: root });
  expect(status).toBe(0);
  return JSON.parse(stdout);
};

describe('evaluate-masks', () => {
  it('scores cells and nuclei against masks drawn by hand', async () => {
    const { wbc, method, model } = await measure(['--wbc', 'wbc'], runCli);
    expect({ method, model }).toEqual({ method: 'stain', model: null });
    expect(wbc.folders.map(({ group }: { group: string }) => group)).toEqual(['small']);
    for (const part of [wbc.all.cell, wbc.all.nucleus]) {
      expect(part.dice).toBeGreaterThanOrEqual(part.iou);
      expect(part.iou).toBeGreaterThanOrEqual(0);
      expect(part.dice).toBeLessThanOrEqual(1);
    }
  });

  it('finds the boxes of the white cells', async () => {
    const { bccd } = await measure(['--bccd', 'boxed']);
    expect(bccd).toMatchObject({ fields: 1, iou: 0.5 });
    expect(bccd.matched).toBeLessThanOrEqual(Math.min(bccd.truth, bccd.found));
    expect(bccd.recall).toBeCloseTo(bccd.matched / bccd.truth, 12);
  });

  it('measures the coverage of fields by stage', async () => {
    const { fields } = await measure(['--fields', 'fields']);
    const early = fields.find(({ stage }: { stage: string }) => stage === 'Early');
    expect(early).toMatchObject({ n: 1, empty: [] });
    expect(early.cells).toBeGreaterThan(0);
    expect(early.nucleus).toBeGreaterThan(0);
    expect(early.nucleus).toBeLessThanOrEqual(early.cell);
  });

  it.each([
    ['nothing to measure on', []],
    ['two sets at once', ['--wbc', 'wbc', '--fields', 'fields']],
    ['a folder that is not there', ['--wbc', 'nowhere']],
  ])('refuses %s', async (_, args) => {
    const { status, stdout } = await runHere(['evaluate-masks', '--method', 'stain', ...args], { cwd: root });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
