import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../images/index.ts';
import { seededRandom } from '../../random/index.ts';
import { generatedFields } from '../testing.ts';
import { photograph } from './camera.ts';
import { coverCells } from './cover-cells.ts';
import { TRAINING_VIEWS, trainingView } from './training-view.ts';

const fields = generatedFields(2, 112);
const [field] = fields;
if (!field) throw new Error('There is a generated field.');

describe('trainingView', () => {
  it.each(TRAINING_VIEWS)(
    '%s: same size, the same for one seed, another for the next, never the field itself',
    async (kind) => {
      const one = await trainingView(field, fields, kind, 5);
      expect(one.image).toMatchObject({ width: 112, height: 112 });
      expect((await trainingView(field, fields, kind, 5)).image.data).toEqual(one.image.data);
      expect((await trainingView(field, fields, kind, 6)).image.data).not.toEqual(one.image.data);
      expect(one.image.data).not.toEqual(field.image.data);
    },
  );

  it.each(['recoloured', 'cells-on-colour', 'cells-on-foreign'] as const)(
    '%s borrows from another stage',
    async (kind) => {
      for (let seed = 0; seed < 8; seed++) {
        const { donor } = await trainingView(field, fields, kind, seed);
        expect(fields[donor]?.stage).not.toBe(field.stage);
      }
    },
  );

  it.each(['plain', 'grey', 'published'] as const)('%s borrows from no one', async (kind) => {
    expect((await trainingView(field, fields, kind, 1)).donor).toBe(-1);
  });
});

describe('coverCells', () => {
  it('takes each square from the clearest of the squares drawn', () => {
    // All masked but one square of 28 x 28: where that is drawn, nothing is painted in the colour.
    const { image } = field;
    const mask = new Uint8Array(112 * 112).fill(1);
    for (let y = 42; y < 70; y++) mask.fill(0, y * 112 + 42, y * 112 + 70);
    const counted = (x: number, y: number): number => {
      let count = 0;
      for (let dy = 0; dy < 28; dy++)
        for (let dx = 0; dx < 28; dx++) count += mask[(y + dy) * 112 + x + dx] ?? 0;
      return count;
    };
    const random = seededRandom(3);
    const drawn = Array.from({ length: 24 }, () => ({ x: random.int(85), y: random.int(85) }));
    const counts = drawn.map(({ x, y }) => counted(x, y));
    const from = drawn[counts.indexOf(Math.min(...counts))] ?? { x: 0, y: 0 };
    const covered = coverCells(image, mask, [1, 2, 3], seededRandom(3));
    for (let dy = 0; dy < 28; dy++)
      for (let dx = 0; dx < 28; dx++) {
        const [at, source] = [dy * 112 + dx, (from.y + dy) * 112 + from.x + dx];
        const expected = mask[source] === 1 ? [1, 2, 3] : image.data.slice(3 * source, 3 * source + 3);
        expect([...covered.data.slice(3 * at, 3 * at + 3)]).toEqual([...expected]);
      }
  });

  it('changes nothing outside the mask and leaves no pixel of a cell that differs from all background', () => {
    const { image, cells } = field;
    const covered = coverCells(image, cells, [200, 200, 200], seededRandom(2));
    const background = new Set<number>([(200 << 16) | (200 << 8) | 200]);
    const colour = (data: Uint8Array, i: number) =>
      ((data[i * 3] ?? 0) << 16) | ((data[i * 3 + 1] ?? 0) << 8) | (data[i * 3 + 2] ?? 0);
    cells.forEach((inside, i) => {
      if (inside === 0) background.add(colour(image.data, i));
    });
    cells.forEach((inside, i) => {
      if (inside === 0) expect(colour(covered.data, i)).toBe(colour(image.data, i));
      else expect(background.has(colour(covered.data, i))).toBe(true);
    });
  });
});

describe('photograph', () => {
  const CORNER = 12;
  /** Colours of the pixels of each corner. */
  const cornersOf = ({ width, height, data }: RgbImage): string[][] =>
    [0, height - CORNER].flatMap((top) =>
      [0, width - CORNER].map((left) =>
        Array.from({ length: CORNER ** 2 }, (_, i) => {
          const at = 3 * ((top + Math.floor(i / CORNER)) * width + left + (i % CORNER));
          return data.slice(at, at + 3).join();
        }),
      ),
    );

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'seed %d: another picture, near the first, with no empty corner',
    async (seed) => {
      const taken = await photograph(field.image, seededRandom(seed));
      expect(taken).toMatchObject({ width: field.image.width, height: field.image.height });
      expect(taken.data).toHaveLength(field.image.data.length);
      const difference =
        taken.data.reduce((sum, v, i) => sum + Math.abs(v - (field.image.data[i] ?? 0)), 0) /
        taken.data.length;
      expect(difference).toBeGreaterThan(2);
      expect(difference).toBeLessThan(80);
      for (const corner of cornersOf(taken)) expect(new Set(corner).size).toBeGreaterThan(CORNER);
    },
  );
});
