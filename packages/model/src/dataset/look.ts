import { backgroundStatistics, type RgbImage } from '../images/index.ts';

/** How a slide looks in one field: colours of its background and of its stained parts, as a vector. */
export type Look = readonly number[];

/** Length of a look: means and spreads of the background, means of the stained parts, three axes each. */
export const LOOK_LENGTH = 9;

/**
 * Describes stain, light and camera rather than cells. Background: mean and spread over the least saturated three
 * quarters; stained parts: mean over the rest. Means are on the axes brightness, red - green, blue - green, because
 * the channels of a smear move together.
 */
export function lookOf(image: RgbImage): Look {
  const { mean, spread } = backgroundStatistics(image);
  return [...axes(mean), ...spread, ...axes(stainMean(image, mean))];
}

function axes([r, g, b]: readonly [number, number, number]): number[] {
  return [(r + g + b) / 3, r - g, b - g];
}

/** Mean colour of the stained parts: all pixels' mean less the background's three quarters. */
function stainMean(
  { data }: RgbImage,
  background: readonly [number, number, number],
): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    sums[0] += data[i] ?? 0;
    sums[1] += data[i + 1] ?? 0;
    sums[2] += data[i + 2] ?? 0;
  }
  const n = data.length / 3;
  const rest = (k: 0 | 1 | 2): number => (sums[k] / n - 0.75 * background[k]) / 0.25;
  return [rest(0), rest(1), rest(2)];
}
