import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sanitiseMask } from './sanitise.ts';

const SIZE = { width: 3, height: 2 };
const VALUES = [0, 255, 0, 255, 255, 0];

const grey = (values: readonly number[], size = SIZE) =>
  sharp(Buffer.from(values), { raw: { ...size, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
const rgba = (pixels: readonly (readonly number[])[]) =>
  sharp(Buffer.from(pixels.flat()), { raw: { ...SIZE, channels: 4 } })
    .png()
    .toBuffer();
const opaque = (value: number) => [value, value, value, 255];

describe('sanitiseMask', () => {
  it('keeps the pixels of a mask as 8-bit grey, whatever it came as', async () => {
    const canvas = await rgba(VALUES.map(opaque));
    const stored = await sanitiseMask(canvas, SIZE);
    expect(await sharp(stored).metadata()).toMatchObject({
      format: 'png',
      depth: 'uchar',
      channels: 1,
      ...SIZE,
    });
    expect([...(await sharp(stored).toColourspace('b-w').raw().toBuffer())]).toEqual(VALUES);
    expect(await sanitiseMask(await grey(VALUES), SIZE)).toEqual(stored);
  });

  it.each([
    [
      'another size',
      () => grey(VALUES, { width: 2, height: 3 }),
      'BAD_INPUT',
      'The mask has 2 x 3 pixels, its field 3 x 2;',
    ],
    ['grey', () => grey([0, 255, 0, 254, 255, 0]), 'BAD_INPUT', 'black and white alone'],
    [
      'a colour',
      () => rgba([...VALUES.slice(1).map(opaque), [255, 0, 0, 255]]),
      'BAD_INPUT',
      'black and white alone',
    ],
    [
      'half transparent',
      () => rgba([...VALUES.slice(1).map(opaque), [0, 0, 0, 128]]),
      'BAD_INPUT',
      'black and white',
    ],
    ['no picture', async () => Buffer.from('a mask of patient 12'), 'NOT_AN_IMAGE', ''],
    ['nothing', async () => Buffer.alloc(0), 'IMAGE_EMPTY', ''],
  ])('refuses %s', async (_, bytes, code, sentence) => {
    await expect(sanitiseMask(await bytes(), SIZE)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(sentence),
    });
  });
});
