import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sanitiseImage } from './sanitise.ts';

const CANARY = 'Canary Patient 4711';
const noise = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 2_654_435_761) % 251));
const raw = { raw: { width: 60, height: 40, channels: 3 } } as const;
const jpeg = await sharp(noise, raw).jpeg({ quality: 95 }).toBuffer();
const png = await sharp(noise, raw).png().toBuffer();
const withGps = await sharp(noise, raw)
  .withExif({
    IFD0: { Artist: CANARY },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '52/1 31/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '13/1 24/1 0/1',
    },
  })
  .withMetadata({ orientation: 6 })
  .jpeg()
  .toBuffer();
const colourBars = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#804080' } })
  .gif()
  .toBuffer();

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A small PNG file whose header claims 20,000 x 20,000 pixels, every checksum right. */
function pixelBomb(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(20_000, 0);
  header.writeUInt32BE(20_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(20_000 * 3 * 16));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array()),
  ]);
}

const zipEnd = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);

describe('sanitiseImage', () => {
  it.each([
    ['zero bytes', new Uint8Array(), 'IMAGE_EMPTY'],
    ['a text named .jpg', Buffer.from('Smear of patient 12'), 'NOT_AN_IMAGE'],
    ['a PDF', Buffer.from('%PDF-1.7 ...'), 'NOT_AN_IMAGE'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'NOT_AN_IMAGE'],
    ['a GIF', colourBars, 'IMAGE_UNSUPPORTED'],
    ['a truncated JPEG', jpeg.subarray(0, jpeg.length / 2), 'IMAGE_TRUNCATED'],
    ['a truncated PNG', png.subarray(0, png.length / 2), 'IMAGE_TRUNCATED'],
    ['a header and nothing else', jpeg.subarray(0, 12), 'IMAGE_TRUNCATED'],
    ['a JPEG that is a ZIP too', Buffer.concat([jpeg, zipEnd]), 'IMAGE_UNSUPPORTED'],
    [
      'a PNG that is a page too',
      Buffer.concat([png, Buffer.from('<script >alert(1)</script>')]),
      'IMAGE_UNSUPPORTED',
    ],
    ['more than 25 MB', Buffer.concat([jpeg, Buffer.alloc(25 * 1024 * 1024)]), 'IMAGE_TOO_LARGE'],
  ])('refuses %s', async (_, file, code) => {
    await expect(sanitiseImage(file)).rejects.toMatchObject({ name: 'DomainError', code });
  });

  it('refuses a pixel bomb from its header, without decoding it', async () => {
    const bomb = pixelBomb();
    const before = process.memoryUsage().rss;
    await expect(sanitiseImage(bomb)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('turns a photograph with GPS upright and keeps its pixels only', async () => {
    expect((await sharp(withGps).metadata()).exif?.length).toBeGreaterThan(100);
    const clean = await sanitiseImage(withGps);
    expect([clean.width, clean.height]).toEqual([40, 60]);
    const stored = await sharp(clean.png).metadata();
    expect([stored.format, stored.depth, stored.channels, stored.width, stored.height]).toEqual([
      'png',
      'uchar',
      3,
      40,
      60,
    ]);
    expect([stored.exif, stored.xmp, stored.icc, stored.iptc, stored.comments]).toEqual(
      Array(5).fill(undefined),
    );
    expect(Buffer.from(clean.png).includes('Canary')).toBe(false);
  });

  it('loses nothing of a lossless image', async () => {
    const clean = await sanitiseImage(png);
    expect(await sharp(clean.png).raw().toBuffer()).toEqual(noise);
  });

  it('gives equal bytes for equal pixels, whatever the container', async () => {
    const tiff = await sharp(noise, raw).tiff({ compression: 'lzw' }).toBuffer();
    expect((await sanitiseImage(tiff)).png).toEqual((await sanitiseImage(png)).png);
  });

  it('puts transparent pixels on white', async () => {
    const clear = await sharp({ create: { width: 2, height: 2, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect([
      ...(await sharp((await sanitiseImage(clear)).png)
        .raw()
        .toBuffer()),
    ]).toEqual(Array(12).fill(255));
  });
});
