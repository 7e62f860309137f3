import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DriftQuantity, MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { generateField } from '../generator/index.ts';
import { decodeImage, type RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { backgroundColour } from '../serving/background-colour.ts';
import { judgeAgainst, WATCH_RULES, type WatchedCase } from './judge-window.ts';
import { someCases, turnedImage } from './testing.ts';

const HUES = ['background-red', 'background-blue', 'stain-red', 'stain-blue', 'stain-spread'] as const;
const REFERENCE = 40;
const WINDOW = 20;

const [[sample] = []] = someCases(seededRandom(1), 1);

/** One case an image, measured as a result stores it. */
const measured = (images: readonly RgbImage[]): WatchedCase[] =>
  images.map((image) => (sample ? [{ ...sample, background: backgroundColour(image) }] : []));

/** What drifts in the images after the first 40, each turned by so many degrees. */
function alarms(images: readonly RgbImage[], degreesOf: (place: number) => number): DriftQuantity[] {
  const judge = judgeAgainst(measured(images.slice(0, REFERENCE)), {
    seed: 1,
    rules: { ...WATCH_RULES, draws: 1_999 },
    quantities: HUES,
  });
  const window = images.slice(REFERENCE).map((image, place) => turnedImage(image, degreesOf(place)));
  return judge(measured(window))
    .filter(({ state }) => state === 'drifting')
    .map(({ quantity }) => quantity);
}

const REAL = fileURLToPath(new URL('../../../../../shared/data/taleqani-all/Original/', import.meta.url));

/** Photographs of every stage as they come, the same each time. */
const photographs = (): Promise<RgbImage[]> => {
  const random = seededRandom(11);
  const paths = MATURITY_STAGES.flatMap((stage) =>
    readdirSync(join(REAL, stage)).map((name) => join(REAL, stage, name)),
  ).sort();
  const drawn = random.shuffle(paths).slice(0, REFERENCE + WINDOW);
  return Promise.all(drawn.map((path) => decodeImage(readFileSync(path))));
};

const drawings = async (): Promise<RgbImage[]> => {
  const random = seededRandom(12);
  return Array.from({ length: REFERENCE + WINDOW }, (_, seed) => {
    const stage = MATURITY_STAGES[random.int(MATURITY_STAGES.length)] ?? 'Benign';
    return generateField({ seed, stage, size: 112 }).image;
  });
};

describe.each([
  ['generated fields', true, drawings],
  ['photographs (../shared/data)', existsSync(REAL), photographs],
] as const)('a batch of %s', (_, present, fields) => {
  it.skipIf(!present)(
    'raises the alarm when its hue is turned by 20 degrees, and not otherwise (R21)',
    async () => {
      const images = await fields();
      expect(alarms(images, () => 0)).toEqual([]);
      for (const degrees of [-20, 20]) {
        expect(alarms(images, () => degrees).some((quantity) => /-red$/.test(quantity))).toBe(true);
      }
    },
    60_000,
  );

  it.skipIf(!present)(
    'raises it when every image has a shift of its own that comes to nothing on average',
    async () => {
      expect(alarms(await fields(), (place) => (place % 2 ? 20 : -20))).toContain('stain-spread');
    },
    60_000,
  );
});
