import { expect, it } from 'vitest';
import { inspectBytes } from '../dataset/inspect.ts';
import { marksOf } from '../dataset/marks.ts';
import { discField, shifted } from '../dataset/testing.ts';
import { encodeJpeg, encodePng } from '../images/index.ts';
import { refuseLearned } from './learned-images.ts';

const inspect = (bytes: Uint8Array) => inspectBytes({ path: 'x', stage: 'Pre', file: '' }, bytes);
const original = discField(1);

const locked = async () => {
  const fingerprint = await inspect(await encodePng(original));
  return { name: 'image 7', group: 'g', sha256: 'stored', fileSha256: 'given', fingerprint };
};

it.each([
  ['the file as it was given', { sha256: 'given' }, /mine.*is the same file as image 7/],
  ['the file as it is stored', { sha256: 'stored' }, /mine.*is the same file as image 7/],
  ['another file', { sha256: 'another' }, null],
])('by its hash: %s', async (_, image, refusal) => {
  const check = async () => refuseLearned('abc', [{ name: 'mine', ...image }], [await locked()]);
  if (refusal)
    await expect(check()).rejects.toMatchObject({
      code: 'LEAK_FOUND',
      message: expect.stringMatching(refusal),
    });
  else await expect(check()).resolves.toBeUndefined();
});

it.each([
  ['the same pixels in another file', () => encodePng(original), /has the pixels of/],
  ['encoded again', () => encodeJpeg(original, 80), /shows the same as/],
  ['shifted', () => encodePng(shifted(original, 12, 8)), /shows the same as/],
  ['another field', () => encodePng(discField(3)), null],
])('by its fingerprint: %s', async (_, bytes, refusal) => {
  const fingerprint = { ...(await inspect(await bytes())), sha256: 'of another file' };
  const learned = [{ name: 'mine', sha256: fingerprint.sha256, fingerprint }];
  const check = async () => refuseLearned('abc', learned, [await locked()]);
  if (refusal) await expect(check()).rejects.toThrow(refusal);
  else await expect(check()).resolves.toBeUndefined();
});

it.each([
  ['a copy', () => encodeJpeg(shifted(original, 12, 8), 80), /mine.*shows the same as image 7/],
  ['another field', () => encodePng(discField(3)), null],
])('by its landmarks: %s', async (_, bytes, refusal) => {
  const { thumbnail } = await inspect(await bytes());
  const learned = [{ name: 'mine', sha256: 'of a file', marks: marksOf(thumbnail) }];
  const check = async () => refuseLearned('abc', learned, [await locked()]);
  if (refusal) await expect(check()).rejects.toThrow(refusal);
  else await expect(check()).resolves.toBeUndefined();
});
