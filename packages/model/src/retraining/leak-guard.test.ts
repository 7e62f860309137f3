import sharp from 'sharp';
import { expect, it } from 'vitest';
import { inspectBytes } from '../dataset/inspect.ts';
import { marksOf } from '../dataset/marks.ts';
import { discField, shifted, turnedImage } from '../dataset/testing.ts';
import { generateField } from '../generator/index.ts';
import { encodeJpeg, encodePng, type RgbImage } from '../images/index.ts';
import { likeMarks, quarantineLeaks, refuseLeftLeaks } from './leak-guard.ts';

const inspect = (bytes: Uint8Array) => inspectBytes({ path: 'x', stage: 'Pre', file: '' }, bytes);
const field = async (id: string, bytes: Uint8Array) => ({ id, group: id, fingerprint: await inspect(bytes) });

async function turned(image: RgbImage): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  return sharp(image.data, { raw }).rotate(90).flop().png().toBuffer();
}

it('quarantines copies, turns, shifts and what is near to those, and names the locked image', async () => {
  const original = discField(1);
  const png = await encodePng(original);
  const print = await inspect(png);
  const locked = [
    { name: 'locked/a', group: 'a', sha256: print.sha256, fingerprint: print },
    { name: 'locked/b', group: 'b', sha256: (await inspect(await encodePng(discField(2)))).sha256 },
  ];
  const fields = [
    await field('same', png),
    await field('encoded again', await encodeJpeg(original, 90)),
    await field('turned', await turned(original)),
    await field('shifted', await encodePng(shifted(original, 12, 8))),
    await field('shifted twice', await encodePng(shifted(original, 30, 20))),
    await field('known by its hash', await encodePng(discField(2))),
    await field('another', await encodePng(discField(3))),
  ];
  const { kept, quarantined } = quarantineLeaks(fields, locked);
  expect(kept.map(({ id }) => id)).toEqual(['another']);
  expect(quarantined).toEqual([
    { id: 'same', against: 'locked/a', kind: 'bytes' },
    { id: 'encoded again', against: 'locked/a', kind: 'near' },
    { id: 'turned', against: 'locked/a', kind: 'near' },
    { id: 'shifted', against: 'locked/a', kind: 'near' },
    { id: 'shifted twice', against: 'locked/a', kind: 'near' },
    { id: 'known by its hash', against: 'locked/b', kind: 'bytes' },
  ]);
  expect(quarantineLeaks(fields, []).kept).toEqual(fields);
});

it('quarantines copies of what only landmarks are kept of', async () => {
  const drawn = (seed: number) => generateField({ seed, stage: 'Early' }).image;
  const original = drawn(1);
  const { thumbnail } = await inspect(await encodePng(original));
  const locked = [{ name: 'locked/a', group: 'a', sha256: 'of a file', marks: marksOf(thumbnail) }];
  const twice = shifted(original, 22, 20);
  const fields = [
    await field('encoded again', await encodeJpeg(original, 50)),
    await field('turned', await encodePng(await turnedImage(original, 90, true))),
    await field('shifted', await encodeJpeg(twice, 75)),
    await field('shifted twice', await encodePng(shifted(twice, 20, 18))),
    await field('another', await encodePng(drawn(2))),
  ];
  const { kept, quarantined } = quarantineLeaks(fields, locked);
  expect(kept.map(({ id }) => id)).toEqual(['another']);
  expect(quarantined).toEqual(
    fields.slice(0, 4).map(({ id }) => ({ id, against: 'locked/a', kind: 'near' })),
  );
  expect(fields.map(({ fingerprint }) => likeMarks(fingerprint, locked).length)).toEqual([1, 1, 1, 0, 0]);
});

it.each([
  ['sha256', 'the same file'],
  ['group', 'one group'],
])('stops at a leak of one %s and names the pair', (key, why) => {
  const mine = { name: 'mine', group: 'g1', sha256: 's1' };
  const theirs = { name: 'theirs', group: 'g2', sha256: 's2' };
  expect(() => refuseLeftLeaks([mine], [theirs])).not.toThrow();
  const leak = () => refuseLeftLeaks([mine], [{ ...theirs, [key]: mine[key as 'group'] }]);
  expect(leak).toThrow(new RegExp(`mine .*theirs .*${why}`));
  expect(leak).toThrow(expect.objectContaining({ code: 'LEAK_FOUND' }));
});
