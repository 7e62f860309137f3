import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createImage, type Rgb, type RgbImage } from '../images/index.ts';
import { scanFields } from './scan.ts';
import { segmentedCoverage, shareShown } from './segmented.ts';
import { datasetFolder } from './testing.ts';

/** 10 x 20 pixels, the first `lit` of them of a colour, the others black. */
function cut(lit: number, colour: Rgb = [120, 60, 150]): RgbImage {
  const image = createImage(10, 20, [0, 0, 0]);
  for (let i = 0; i < lit; i++) image.data.set(colour, 3 * i);
  return image;
}

it.each([
  [50, [120, 60, 150], 0.25],
  [50, [0, 0, 33], 0.25],
  // As dark as JPEG makes the black beside an edge.
  [50, [32, 20, 30], 0],
] as const)('%i of 200 pixels of %j show %d of the field', (lit, [r, g, b], share) => {
  expect(shareShown(cut(lit, [r, g, b]))).toBe(share);
});

describe('segmentedCoverage', () => {
  const field = createImage(10, 20, [220, 210, 225]);
  const fields = { 'Early/1.png': field, 'Early/2.png': field, 'Early/3.png': field, 'Pro/1.png': field };
  const under = (folder: string, files: Record<string, RgbImage>): Record<string, RgbImage> =>
    Object.fromEntries(Object.entries(files).map(([path, image]) => [join(folder, path), image]));

  it.each(['Original', '.'])(
    'counts by stage what lies beside %s, by the names of the fields',
    async (root) => {
      const pictures = { 'Early/1.png': cut(20), 'Early/3.png': cut(1), 'Early/other.png': cut(200) };
      const { directory, remove } = await datasetFolder({
        ...under(root, fields),
        ...under('Segmented', pictures),
      });
      onTestFinished(remove);
      const [coverage, ...rest] = await segmentedCoverage(directory, await scanFields(directory));
      expect(coverage).toMatchObject({ stage: 'Early', files: 2, of: 3, nearlyEmpty: 1 });
      // (20 + 1) / 200, over two pictures.
      expect(coverage?.shown).toBeCloseTo(0.0525, 12);
      expect(rest).toEqual([{ stage: 'Pro', files: 0, of: 1, nearlyEmpty: 0, shown: null }]);
    },
  );

  it('is empty where there is no such folder', async () => {
    const { directory, remove } = await datasetFolder(fields);
    onTestFinished(remove);
    expect(await segmentedCoverage(directory, await scanFields(directory))).toEqual([]);
  });
});
