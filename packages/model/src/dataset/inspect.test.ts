import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createImage } from '../images/index.ts';
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
