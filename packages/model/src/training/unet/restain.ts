import { mapTones, type Rgb, type RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';

/** A light background of any tint that slides and cameras give: white, grey, yellow, pink, bluish. */
export function drawBackground(random: SeededRandom): Rgb {
  const light = 195 + random.int(61);
  const channel = (reach: number) => Math.round(light * (1 - reach * random.next()));
  return random.next() < 0.35
    ? [light, channel(0.08), channel(0.5)]
    : [channel(0.15), channel(0.15), channel(0.3)];
}

/**
 * The field as another stain and another lamp would show it: its background becomes `target`, and what every channel
 * absorbs is stronger or weaker by a factor of its own.
 */
export function restain(
  image: RgbImage,
  background: Readonly<Rgb>,
  target: Readonly<Rgb>,
  random: SeededRandom,
): RgbImage {
  const strength = 0.6 + random.next();
  const exponents = [0, 1, 2].map(() => strength * (0.75 + random.next() * 0.5));
  return mapTones(image, (value, c) => {
    const own = Math.max(1, background[c] ?? 1);
    return (target[c] ?? 0) * Math.min(1.15, value / own) ** (exponents[c] ?? 1);
  });
}
