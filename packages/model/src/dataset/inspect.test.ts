import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createImage, type RgbImage } from '../images/index.ts';
import { inspectFields } from './inspect.ts';
import { scanFields } from './scan.ts';
import { datasetFolder } from './testing.ts';

it('names the first file that is no image, and decodes no more of them', async () => {
  const others = Array.from({ length: 60 }, (_, i) => [`Pre/${i + 2}.png`, createImage(64, 64, [i, 0, 0])]);
  const bad = new TextEncoder().encode('this is no image');
  const { directory, remove } = await datasetFolder({ 'Pre/1.png': bad, ...Object.fromEntries(others) });
  let decoded = 0;
  const inspected = inspectFields(await scanFields(directory), () => {
    decoded++;
  });
  await expect(inspected).rejects.toMatchObject({
    code: 'NOT_AN_IMAGE',
    message: expect.stringMatching(/^Pre\/1\.png: /),
  });
  await pause(300);
  expect(decoded).toBeLessThan(20);
  await remove();
});

it('tells of each field once, while its pixels are there', async () => {
  const pictures = [0, 1, 2].map((i) => createImage(8, 8, [40 * i, 0, 0]));
  const { directory, remove } = await datasetFolder(
    Object.fromEntries(pictures.map((image, i) => [`Pre/${i}.png`, image])),
  );
  const told = new Map<string, RgbImage[]>();
  const inspected = await inspectFields(await scanFields(directory), ({ path }, image) => {
    told.set(path, [...(told.get(path) ?? []), image]);
  });
  expect(inspected.map(({ path }) => told.get(path))).toEqual(pictures.map((image) => [image]));
  await remove();
});
