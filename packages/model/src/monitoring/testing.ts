import { type Colour, type StageVector, toStageRecord } from '@blastwise/contracts';
import { mostProbable } from '../decision/index.ts';
import type { RgbImage } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import type { WatchedCase } from './judge-window.ts';
import type { WatchedField } from './watched.ts';

/** The colour turned about the grey axis (Rodrigues). */
export function turned({ red, green, blue }: Colour, degrees = 25): Colour {
  const [cos, third] = [Math.cos((degrees * Math.PI) / 180), 1 / 3];
  const sin = Math.sin((degrees * Math.PI) / 180) / Math.sqrt(3);
  const same = cos + third * (1 - cos);
  const [next, last] = [third * (1 - cos) - sin, third * (1 - cos) + sin];
  return {
    red: same * red + next * green + last * blue,
    green: last * red + same * green + next * blue,
    blue: next * red + last * green + same * blue,
  };
}

/** Every pixel turned, cut off at black and white. */
export function turnedImage({ data, ...size }: RgbImage, degrees: number): RgbImage {
  const pixels = Uint8ClampedArray.from(data);
  for (let i = 0; i < data.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
    const colour = turned({ red, green, blue }, degrees);
    pixels.set([colour.red, colour.green, colour.blue], i);
  }
  return { ...size, data: Uint8Array.from(pixels) };
}

/** Cases of slides that differ in stain, light, crowding and stage; the fields of one slide differ little. */
export function someCases(
  random: SeededRandom,
  count: number,
  change: Partial<WatchedField> = {},
): WatchedCase[] {
  return Array.from({ length: count }, () => {
    const [hue, light, crowd] = [random.normal(), random.normal(), random.normal()];
    const stage = random.int(4);
    const strange = random.next() < 0.04;
    return Array.from({ length: 1 + random.int(6) }, () => {
      const near = () => 0.3 * random.normal();
      const doubt = Math.min(0.6, 0.15 * Math.abs(random.normal()));
      const rest = doubt / 3;
      const probabilities = [0, 1, 2, 3].map((i) => (i === stage ? 1 - doubt : rest));
      const [a = 0, b = 0, c = 0, d = 0] = probabilities;
      const vector: StageVector = [a, b, c, d];
      return {
        background: {
          red: 215 + 4 * light + 3 * (hue + near()),
          green: 190 + 4 * light + near(),
          blue: 205 + 4 * light - 3 * (hue + near()),
          stained: {
            red: 150 + 6 * light + 4 * (hue + near()),
            green: 110 + 6 * light + near(),
            blue: 190 + 6 * light - 4 * (hue + near()),
          },
        },
        cells: Math.max(0, Math.round(6 + 2 * (crowd + near()))),
        scale: null,
        outOfDistribution: { score: 1, flag: strange },
        assessable: true,
        stage: mostProbable(vector),
        probabilities: toStageRecord(vector),
        deferred: doubt > 0.3,
        corrected: random.next() < 0.1,
        ...change,
      };
    });
  });
}
