import type { SeededRandom } from '../random/index.ts';

/**
 * A closed outline around a centre: a circle of `radius`, higher than wide by `stretch`, dented by harmonics.
 * Only + - * / and square roots are used, so that every machine draws the same pixels.
 */
export interface Outline {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly stretch: number;
  /** Cosine and sine amplitude of harmonics 2, 3, ... as a share of the radius. */
  readonly harmonics: readonly (readonly [number, number])[];
}

/** Real fields were photographed wider than high and squeezed to a square: their cells stand upright. */
const UPRIGHT = 1.14;

export function drawOutline(
  random: SeededRandom,
  x: number,
  y: number,
  radius: number,
  ragged: number,
): Outline {
  const amplitude = () => (random.next() * 2 - 1) * ragged;
  const harmonics = Array.from(
    { length: 4 },
    (_, k) => [amplitude() / (k + 1), amplitude() / (k + 1)] as const,
  );
  return { x, y, radius, stretch: UPRIGHT + (random.next() - 0.5) * 0.16, harmonics };
}

/** Depth of a point inside the outline in pixels, negative outside; exact on circles, close to it on the rest. */
export function depthInside(outline: Outline, px: number, py: number): number {
  const stretch = Math.sqrt(outline.stretch);
  const dx = (px - outline.x) * stretch;
  const dy = (py - outline.y) / stretch;
  const distance = Math.sqrt(dx * dx + dy * dy);
  if (distance === 0) return outline.radius;
  const c = dx / distance;
  const s = dy / distance;
  let boundary = 1;
  let [ck, sk] = [c, s];
  for (const [cosine, sine] of outline.harmonics) {
    [ck, sk] = [ck * c - sk * s, sk * c + ck * s];
    boundary += cosine * ck + sine * sk;
  }
  return outline.radius * boundary - distance;
}

/** Half the side of a square around the centre that surely holds the outline. */
export function extent({ radius, stretch, harmonics }: Outline): number {
  const dents = harmonics.reduce((sum, [cosine, sine]) => sum + Math.abs(cosine) + Math.abs(sine), 0);
  return Math.ceil(radius * (1 + dents) * Math.sqrt(Math.max(stretch, 1 / stretch))) + 2;
}
