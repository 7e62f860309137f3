import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { coverWhere, pasteInside } from './cover.ts';
import { createImage, type Rgb, type RgbImage } from './rgb-image.ts';
import { clampByte, mapTones } from './tones.ts';

function noise(seed: number): RgbImage {
  const random = seededRandom(seed);
  const data = Uint8Array.from({ length: 7 * 5 * 3 }, () => random.int(256));
  return { width: 7, height: 5, data };
}
const image = noise(1);
const other = noise(2);
const mask = Uint8Array.from({ length: 35 }, (_, i) => Number(i % 3 === 0 || i > 30));
/** The image value by value, as `value` says for a value's index. */
const each = (value: (at: number) => number) => Uint8Array.from(image.data, (_, at) => value(at));
const inside = (at: number) => mask[Math.floor(at / 3)] === 1;

it.each([
  [-3, 0],
  [0.5, 1],
  [254.4, 254],
  [300, 255],
])('clampByte(%d) is %d', (value, byte) => {
  expect(clampByte(value)).toBe(byte);
});

it('mapTones asks the tone of every value in its channel, and leaves the image alone', () => {
  const before = image.data.slice();
  const tone = (value: number, channel: number) => (value - 100) * (1.3 + channel) + 7.3;
  expect(mapTones(image, tone).data).toEqual(each((at) => clampByte(tone(image.data[at] ?? 0, at % 3))));
  expect(image.data).toEqual(before);
});

describe('coverWhere and pasteInside', () => {
  const colour: Rgb = [9, 80, 200];

  it.each([0, 1] as const)('cover the pixels where the mask is %d', (where) => {
    const expected = each((at) =>
      inside(at) === (where === 1) ? (colour[at % 3] ?? 0) : (image.data[at] ?? 0),
    );
    expect(coverWhere(image, mask, where, colour)).toEqual({ ...image, data: expected });
  });

  it('paste what lies inside over another image', () => {
    const expected = each((at) => (inside(at) ? (image.data[at] ?? 0) : (other.data[at] ?? 0)));
    expect(pasteInside(image, mask, other)).toEqual({ ...image, data: expected });
    expect(pasteInside(image, new Uint8Array(35), createImage(7, 5, colour)).data).toEqual(
      createImage(7, 5, colour).data,
    );
  });
});
