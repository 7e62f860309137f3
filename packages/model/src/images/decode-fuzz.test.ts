import { DomainError } from '@blastwise/contracts';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeJpeg, encodePng } from './encode.ts';
import { quarters } from './testing.ts';

const image = quarters(40, 30);
const png = await encodePng(image);
const files = {
  png,
  jpeg: await encodeJpeg(image, 90),
  webp: new Uint8Array(await sharp(png).webp().toBuffer()),
  tiff: new Uint8Array(await sharp(png).tiff({ compression: 'lzw' }).toBuffer()),
};

it.each(Object.entries(files))(
  'a damaged %s is an image or a clear refusal, nothing else',
  async (_, whole) => {
    const byte = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) });
    const damage = fc.record({ bytes: fc.array(byte, { maxLength: 6 }), length: fc.nat(whole.length) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ bytes, length }) => {
        const damaged = whole.slice(0, length % 3 === 0 ? length : whole.length);
        for (const { at, value } of bytes) if (at < damaged.length) damaged[at] = value;
        try {
          const { width, height, data } = await decodeImage(damaged);
          expect(data.length).toBe(width * height * 3);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
      { numRuns: 150 },
    );
  },
);
