import { DomainError } from '@blastwise/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeJpeg, encodePng } from './encode.ts';
import { forgedPng, pixel, pngChunk, quarters } from './testing.ts';

const image = quarters(60, 40);
const png = Buffer.from(await encodePng(image));
const jpeg = Buffer.from(await encodeJpeg(image, 95));
const webp = await sharp(png).webp({ lossless: true }).toBuffer();
const tiff = await sharp(png).tiff({ compression: 'lzw' }).toBuffer();

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await decodeImage(bytes);
    return 'accepted';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

const zip = Buffer.from('504b0304140000000000', 'hex');
const emptyZip = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);
const comment = (text: string) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, text.length + 2]),
    Buffer.from(text),
    jpeg.subarray(2),
  ]);
const textChunk = (text: string) =>
  Buffer.concat([png.subarray(0, 33), pngChunk('tEXt', Buffer.from(`Comment\0${text}`)), png.subarray(33)]);

/** The JPEG with another width and height in the header of its frame. */
function claimingJpeg(side: number): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0));
  bytes.writeUInt16BE(side, frame + 5);
  bytes.writeUInt16BE(side, frame + 7);
  return bytes;
}

describe('decodeImage refuses', () => {
  it.each<[string, Uint8Array, string]>([
    ['zero bytes', new Uint8Array(0), 'IMAGE_EMPTY'],
    ['text, whatever its name', Buffer.from('dear doctor, this is no image'), 'NOT_AN_IMAGE'],
    ['one byte', Uint8Array.of(0xff), 'NOT_AN_IMAGE'],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00'), 'IMAGE_UNSUPPORTED'],
    ['a BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), 'IMAGE_UNSUPPORTED'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'NOT_AN_IMAGE'],
    ['a file over 25 MB', Buffer.concat([png, Buffer.alloc(25 * 1024 * 1024)]), 'IMAGE_TOO_LARGE'],
    ['a bare header of 20,000 x 20,000', forgedPng(20_000, 20_000, { withData: false }), 'IMAGE_TOO_LARGE'],
    ['a whole PNG of 20,000 x 20,000', forgedPng(20_000, 20_000, { withData: true }), 'IMAGE_TOO_LARGE'],
    ['a JPEG whose frame claims 20,000 x 20,000', claimingJpeg(20_000), 'IMAGE_TOO_LARGE'],
    ['a header without any data', forgedPng(200, 200, { withData: false }), 'IMAGE_TRUNCATED'],
    ['a header of 0 x 0', forgedPng(0, 0, { withData: true }), 'IMAGE_TRUNCATED'],
    ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'IMAGE_TRUNCATED'],
    ['a JPEG without its last two bytes', jpeg.subarray(0, -2), 'IMAGE_TRUNCATED'],
    ['three bytes of a JPEG', jpeg.subarray(0, 3), 'IMAGE_TRUNCATED'],
    ['half a PNG', png.subarray(0, png.length / 2), 'IMAGE_TRUNCATED'],
    ['half a WebP', webp.subarray(0, webp.length / 2), 'IMAGE_TRUNCATED'],
    ['half a TIFF', tiff.subarray(0, tiff.length / 2), 'IMAGE_TRUNCATED'],
    ['a JPEG that is an archive too', Buffer.concat([jpeg, zip]), 'IMAGE_UNSUPPORTED'],
    ['a TIFF that is an archive too', Buffer.concat([tiff, emptyZip]), 'IMAGE_UNSUPPORTED'],
    ['a PNG with a page behind it', Buffer.concat([png, Buffer.from('<html>')]), 'IMAGE_UNSUPPORTED'],
    ['a JPEG with a script in its comment', comment('<script>alert(1)</script>'), 'IMAGE_UNSUPPORTED'],
    ['a PNG with PHP in its text', textChunk('<?php system($_GET[0]);'), 'IMAGE_UNSUPPORTED'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  it('an animation', async () => {
    const frames = await sharp(Buffer.from(quarters(20, 40).data), {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    })
      .webp({ lossless: true })
      .toBuffer();
    expect(await codeOf(frames)).toBe('IMAGE_UNSUPPORTED');
    const control = pngChunk('acTL', Buffer.alloc(8));
    expect(await codeOf(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]))).toBe(
      'IMAGE_UNSUPPORTED',
    );
  });

  it('does not allocate what a forged header claims', async () => {
    const before = process.memoryUsage().rss;
    await codeOf(forgedPng(20_000, 20_000, { withData: true }));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('decodeImage accepts', () => {
  it.each([
    ['PNG', png],
    ['WebP', webp],
    ['TIFF', tiff],
    ['PNG with zeros behind it', Buffer.concat([png, Buffer.alloc(16)])],
    ['PNG with an ordinary comment', textChunk('stained with Wright-Giemsa')],
  ])('%s, losslessly', async (_, bytes) => {
    const decoded = await decodeImage(bytes);
    expect([decoded.width, decoded.height]).toEqual([60, 40]);
    expect(Buffer.from(decoded.data).equals(Buffer.from(image.data))).toBe(true);
  });

  it.each<[string, () => Promise<Buffer>, number[]]>([
    ['JPEG', async () => jpeg, [190, 40, 50]],
    ['JPEG with a second picture behind it', async () => Buffer.concat([jpeg, jpeg]), [190, 40, 50]],
    ['grey PNG', () => sharp(png).greyscale().png().toBuffer(), [97, 97, 97]],
    ['16-bit PNG', () => sharp(png).toColourspace('rgb16').png().toBuffer(), [190, 40, 50]],
    ['palette PNG', () => sharp(png).png({ palette: true }).toBuffer(), [190, 40, 50]],
    [
      'half transparent black',
      () =>
        sharp({
          create: { width: 60, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
        })
          .png()
          .toBuffer(),
      [127, 127, 127],
    ],
    [
      'transparent TIFF',
      () =>
        sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } })
          .tiff({ compression: 'lzw' })
          .toBuffer(),
      [255, 255, 255],
    ],
    ['colours of another profile', () => sharp(png).withIccProfile('p3').png().toBuffer(), [190, 40, 50]],
  ])('%s', async (_, make, expected) => {
    const decoded = await decodeImage(await make());
    expect([decoded.width, decoded.height]).toEqual([60, 40]);
    const found = pixel(decoded, 10, 10);
    for (const [channel, value] of expected.entries()) {
      expect(Math.abs((found[channel] ?? -1) - value)).toBeLessThanOrEqual(3);
    }
  });

  it('a CMYK JPEG, near its colour', async () => {
    const decoded = await decodeImage(
      await sharp(png).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
    );
    const [r = 0, g = 0, b = 0] = pixel(decoded, 10, 10);
    expect(r).toBeGreaterThan(g + 80);
    expect(r).toBeGreaterThan(b + 80);
  });
});
