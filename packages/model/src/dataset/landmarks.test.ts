import { beforeAll, describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { encodeJpeg, encodePng } from '../images/index.ts';
import { fingerprintBytes } from './inspect.ts';
import { LandmarkIndex } from './landmark-index.ts';
import { readingsOf, upright } from './landmark-keys.ts';
import { landmarksOf } from './landmarks.ts';
import { shifted } from './testing.ts';
import { TURNS, turn } from './turns.ts';

const thumbnailOf = async (bytes: Uint8Array): Promise<Uint8Array> =>
  (await fingerprintBytes('', bytes)).thumbnail;

const { image } = generateField({ seed: 3, stage: 'Pre' });
let thumbnail: Uint8Array;
beforeAll(async () => {
  thumbnail = await thumbnailOf(await encodePng(image));
});

describe('landmarks', () => {
  it('are the same in all eight turns of a thumbnail, at the same upright places', () => {
    const uprightOf = (grey: Uint8Array) =>
      landmarksOf(grey)
        .map(upright)
        .map(({ key, x, y }) => `${key} ${x} ${y}`)
        .sort();
    const known = uprightOf(thumbnail);
    expect(known.length).toBeGreaterThan(6);
    for (const name of TURNS)
      expect(uprightOf(Uint8Array.from(turn(Float32Array.from(thumbnail), name)))).toEqual(known);
  });

  it('of a flat thumbnail are none', () => {
    expect(landmarksOf(thumbnail.map(() => 200))).toEqual([]);
  });

  it('are read in every way that a copy may show them, their own among them, each key once', () => {
    for (const landmark of landmarksOf(thumbnail)) {
      const readings = readingsOf(landmark);
      expect(readings[0]?.keys).toContain(upright(landmark).key);
      for (const { keys } of readings) expect(new Set(keys).size).toBe(64);
    }
  });
});

describe('LandmarkIndex', () => {
  const index = new LandmarkIndex();
  beforeAll(async () => {
    index.add(7, landmarksOf(thumbnail));
    for (let seed = 10; seed < 30; seed++) {
      const other = generateField({ seed, stage: 'Pre' }).image;
      index.add(seed, landmarksOf(await thumbnailOf(await encodePng(other))));
    }
  });

  it('finds a copy that was moved and encoded again, and hardly another', async () => {
    const copy = await thumbnailOf(await encodeJpeg(shifted(image, -13, 18), 50));
    const found = [...index.like(landmarksOf(copy))];
    expect(found).toContain(7);
    expect(found.length).toBeLessThan(4);
  });

  it('does not find what was moved farther than a tenth of the side', async () => {
    const far = await thumbnailOf(await encodePng(shifted(image, 60, 0, 'wrap')));
    expect([...index.like(landmarksOf(far))]).not.toContain(7);
  });

  it('answers for a picture without landmarks with all', () => {
    expect([...index.like([])]).toHaveLength(21);
  });
});
