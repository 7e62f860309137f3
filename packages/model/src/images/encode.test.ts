import sharp from 'sharp';
import { expect, it } from 'vitest';
import { encodeMaskPng } from './encode.ts';

it('writes a mask as one 8-bit channel of 0 and 255', async () => {
  const mask = Uint8Array.from({ length: 35 }, (_, i) => (i % 3 === 0 ? 255 : 0));
  const png = await encodeMaskPng(mask, 7, 5);
  const { width, height, channels, bitsPerSample } = await sharp(png).metadata();
  expect([width, height, channels, bitsPerSample]).toEqual([7, 5, 1, 8]);
  const back = await sharp(png).toColourspace('b-w').raw().toBuffer();
  expect([...back]).toEqual([...mask]);
});
