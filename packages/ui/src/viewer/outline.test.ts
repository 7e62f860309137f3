import { describe, expect, it } from 'vitest';
import { traceOutline } from './outline.ts';

/** Rows of a drawing, `#` inside. */
function trace(...rows: string[]): string {
  const mask = rows.join('').replaceAll('.', '0').replaceAll('#', '1');
  return traceOutline(Array.from(mask, Number), rows[0]?.length ?? 0, rows.length);
}

describe('traceOutline', () => {
  it.each<[string, string[], string]>([
    ['nothing', ['..', '..'], ''],
    ['one pixel', ['...', '.#.', '...'], 'M1 1H2V2H1Z'],
    ['a full field, to its rim', ['##', '##'], 'M0 0H2V2H0Z'],
    ['an L', ['#.', '##'], 'M0 0H1V1H2V2H0Z'],
    ['two apart', ['#.#'], 'M0 0H1V1H0ZM2 0H3V1H2Z'],
    ['two that touch at a corner, kept apart', ['#.', '.#'], 'M0 0H1V1H0ZM1 1H2V2H1Z'],
    ['a ring: its hole runs the other way', ['###', '#.#', '###'], 'M0 0H3V3H0ZM1 2H2V1H1Z'],
  ])('%s', (_, rows, path) => expect(trace(...rows)).toBe(path));

  it('encloses as many pixels as the mask holds', () => {
    const width = 23;
    const mask = Array.from({ length: width * 17 }, (_, i) => ((i * 7919) % 13 < 6 ? 255 : 0));
    expect(area(traceOutline(mask, width, 17))).toBe(mask.filter((v) => v > 0).length);
  });
});

/** Signed area of the loops by the shoelace formula. */
function area(path: string): number {
  let sum = 0;
  for (const loop of path.split('Z').filter(Boolean)) {
    const points: { x: number; y: number }[] = [];
    for (const step of loop.match(/[MHV][\d ]+/g) ?? []) {
      const last = points.at(-1) ?? { x: 0, y: 0 };
      const [a = 0, b = 0] = step.slice(1).split(' ').map(Number);
      points.push(
        step[0] === 'M' ? { x: a, y: b } : step[0] === 'H' ? { x: a, y: last.y } : { x: last.x, y: a },
      );
    }
    points.forEach((p, i) => {
      const next = points[(i + 1) % points.length] ?? p;
      sum += (p.x * next.y - next.x * p.y) / 2;
    });
  }
  return sum;
}
