import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeJpeg } from './encode.ts';
import { sanitiseImage } from './sanitise.ts';
import { pixel, quarters } from './testing.ts';

const CANARY = 'Canary Patient 4711';
const photo = await sharp(await encodeJpeg(quarters(60, 40), 95))
  .keepIccProfile()
  .withIccProfile('p3')
  .withExif({
    IFD0: { Artist: CANARY, Orientation: '6' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '52/1 31/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '13/1 24/1 0/1',
    },
  })
  .withMetadata({ orientation: 6 })
  .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><name>${CANARY}</name></x:xmpmeta>`)
  .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
  .toBuffer();

it('stores a photograph with GPS turned upright and without any metadata', async () => {
  const given = await sharp(photo).metadata();
  expect(given.orientation).toBe(6);
  expect(given.exif?.length).toBeGreaterThan(100);
  expect(given.xmp?.length).toBeGreaterThan(50);

  const { png, width, height } = await sanitiseImage(photo);
  expect([width, height]).toEqual([40, 60]);
  const stored = await sharp(png).metadata();
  expect([stored.format, stored.depth, stored.channels]).toEqual(['png', 'uchar', 3]);
  expect([stored.exif, stored.xmp, stored.icc, stored.iptc, stored.orientation, stored.comments]).toEqual(
    Array(6).fill(undefined),
  );
  expect(Buffer.from(png).includes(CANARY)).toBe(false);

  // Turned a quarter clockwise: the lower left quarter comes to the upper left.
  const [r = 0, g = 0, b = 0] = pixel(await decodeImage(png), 10, 10);
  expect(b).toBeGreaterThan(r + 80);
  expect(b).toBeGreaterThan(g + 80);
});

it('gives equal bytes for equal uploads, and changes nothing when repeated', async () => {
  const first = await sanitiseImage(photo);
  const again = await sanitiseImage(photo);
  const twice = await sanitiseImage(first.png);
  expect(Buffer.from(again.png).equals(Buffer.from(first.png))).toBe(true);
  expect(Buffer.from(twice.png).equals(Buffer.from(first.png))).toBe(true);
});

it('keeps only these chunks in the stored file', async () => {
  const { png } = await sanitiseImage(photo);
  const kinds = new Set<string>();
  for (let at = 8; at < png.length; ) {
    const chunk = Buffer.from(png.subarray(at, at + 8));
    kinds.add(chunk.toString('latin1', 4));
    at += 12 + chunk.readUInt32BE(0);
  }
  kinds.delete('pHYs');
  expect([...kinds].sort()).toEqual(['IDAT', 'IEND', 'IHDR']);
});
