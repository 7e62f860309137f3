import type { Rgb } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import { between, type Canvas, cover, filter, forPixelsOf, integerBetween } from './canvas.ts';
import type { StageLook } from './looks.ts';
import { blotches, fade } from './noise.ts';
import { drawOutline } from './outline.ts';

/** The empty slide: bright in the middle, darker and bluer towards the corners, tilted a little. */
export function paintSlide(look: StageLook, size: number, random: SeededRandom): Canvas {
  const data = new Float32Array(size * size * 3);
  const [tiltX, tiltY] = [(random.next() - 0.5) * 6, (random.next() - 0.5) * 6];
  const light = (random.next() - 0.5) * 6;
  for (let i = 0; i < size * size; i++) {
    const u = ((i % size) / size) * 2 - 1;
    const v = (Math.floor(i / size) / size) * 2 - 1;
    const away = fade((u * u + v * v) / 2);
    for (let c = 0; c < 3; c++) {
      const free = (look.centre[c] ?? 0) * (1 - away) + (look.corner[c] ?? 0) * away;
      data[i * 3 + c] = Math.min(255, free + light + tiltX * u + tiltY * v);
    }
  }
  return { size, data };
}

const ROW_SHARE = 0.45;

/** Places of the red cells: some in rows, most apart from each other, a few on top of one another. */
function placeRedCells(
  count: number,
  radius: number,
  size: number,
  random: SeededRandom,
): [number, number][] {
  const places: [number, number][] = [];
  const crowded = (x: number, y: number): boolean =>
    places.some(([px, py]) => (px - x) * (px - x) + (py - y) * (py - y) < 2.6 * radius * radius);
  for (let n = 0; n < count; n++) {
    const [lastX, lastY] = places[places.length - 1] ?? [size / 2, size / 2];
    let place: [number, number] = [random.next() * size, random.next() * size];
    for (let tries = 0; tries < 8; tries++) {
      const inRow = random.next() < ROW_SHARE;
      const step = () => (random.next() * 2 - 1) * 2.2 * radius;
      place = inRow ? [lastX + step(), lastY + step()] : [random.next() * size, random.next() * size];
      if (!crowded(...place)) break;
    }
    places.push(place);
  }
  return places;
}

/** Red cells; the pallor of the middle varies from cell to cell, and where two overlap it is a little darker. */
export function paintRedCells(canvas: Canvas, look: StageLook, scale: number, random: SeededRandom): void {
  const { count, radius, passes, pallor } = look.redCells;
  const { size } = canvas;
  const tint = passes.map((share) => Math.min(1, share + (random.next() - 0.5) * 0.05)) as Rgb;
  const thickness = new Float32Array(size * size);
  const typical = ((radius[0] + radius[1]) / 2) * scale;
  const soft = 0.9 * scale;
  for (const [x, y] of placeRedCells(integerBetween(random, count), typical, size, random)) {
    const outline = drawOutline(random, x, y, between(random, radius) * scale, 0.05);
    const hollow = between(random, pallor);
    const own = 0.8 + random.next() * 0.4;
    forPixelsOf(outline, size, (index, depth) => {
      const inside = fade((depth + soft) / (2 * soft));
      const middle = fade((depth / outline.radius - 0.25) / 0.5);
      const here = inside * own * (1 - hollow * middle);
      const under = thickness[index] ?? 0;
      thickness[index] = Math.max(here, under) + 0.3 * Math.min(here, under);
    });
  }
  for (let i = 0; i < thickness.length; i++) filter(canvas, i, tint, thickness[i] ?? 0);
}

/** Small purple grains that are no white cells. */
export function paintPlatelets(canvas: Canvas, look: StageLook, scale: number, random: SeededRandom): void {
  for (let n = integerBetween(random, look.platelets); n > 0; n--) {
    const [x, y] = [random.next() * canvas.size, random.next() * canvas.size];
    const outline = drawOutline(random, x, y, (0.8 + random.next() * 1.3) * scale, 0.15);
    const opacity = 0.35 + random.next() * 0.4;
    forPixelsOf(outline, canvas.size, (index, depth) => {
      cover(canvas, index, [112, 96, 190], opacity * fade(depth / scale + 0.5));
    });
  }
}

/** Burst nuclei: pale, pink, frayed, transparent. No reader counts them. */
export function paintSmudges(canvas: Canvas, look: StageLook, scale: number, random: SeededRandom): void {
  for (let n = integerBetween(random, look.smudges); n > 0; n--) {
    const [x, y] = [random.next() * canvas.size, random.next() * canvas.size];
    const outline = drawOutline(random, x, y, (13 + random.next() * 8) * scale, 0.22);
    const seed = random.int(2 ** 31);
    forPixelsOf(outline, canvas.size, (index, depth, px, py) => {
      const frayed = depth + blotches(px, py, 4 * scale, seed) * 3 * scale;
      filter(canvas, index, [0.96, 0.86, 0.985], 0.75 * fade(frayed / (6 * scale)));
    });
  }
}

/** Everything but white cells. */
export function paintSmear(look: StageLook, size: number, scale: number, random: SeededRandom): Canvas {
  const canvas = paintSlide(look, size, random);
  paintRedCells(canvas, look, scale, random);
  paintSmudges(canvas, look, scale, random);
  paintPlatelets(canvas, look, scale, random);
  return canvas;
}
