import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { decodeImage } from './decode.ts';
import { encodeAs, encodeGreyPng, encodeMaskPng, isLossless } from './encode.ts';

it('writes a mask as one 8-bit channel of 0 and 255', async () => {
  const mask = Uint8Array.from({ length: 35 }, (_, i) => (i % 3 === 0 ? 255 : 0));
  const png = await encodeMaskPng(mask, 7, 5);
  const { width, height, channels, bitsPerSample } = await sharp(png).metadata();
  expect([width, height, channels, bitsPerSample]).toEqual([7, 5, 1, 8]);
  const back = await sharp(png).toColourspace('b-w').raw().toBuffer();
  expect([...back]).toEqual([...mask]);
});

it.each([
  [1, 1],
  [1, 9],
  [224, 3],
  [5, 224],
  [1025, 1024],
])('writes every grey value of a picture of %i x %i', async (width, height) => {
  const values = Uint8Array.from({ length: width * height }, (_, i) => (i * i * 7 + 3 * i) % 256);
  const png = await encodeGreyPng(values, width, height);
  const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([width, height, 1]);
  expect(data.equals(values)).toBe(true);
  expect(Buffer.from(png).equals(await encodeGreyPng(values, width, height))).toBe(true);
});

describe('encodeAs', () => {
  const { image } = generateField({ seed: 1, stage: 'Early', size: 64 });

  it.each([
    ['a.png', 'png', 0],
    ['a.PNG', 'png', 0],
    ['a.tif', 'tiff', 0],
    ['a.tiff', 'tiff', 0],
    ['a.webp', 'webp', 0],
    ['a.jpg', 'jpeg', 6],
    ['a.JPEG', 'jpeg', 6],
  ])('%s holds %s and moves no value by more than %i', async (name, format, most) => {
    const bytes = await encodeAs(image, name);
    expect((await sharp(bytes).metadata()).format).toBe(format);
    expect(isLossless(name)).toBe(most === 0);
    const back = await decodeImage(bytes);
    const moved = back.data.map((v, i) => Math.abs(v - (image.data[i] ?? 0)));
    expect(Math.max(...moved)).toBeLessThanOrEqual(most);
  });
});
