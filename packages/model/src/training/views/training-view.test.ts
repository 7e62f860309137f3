import { describe, expect, it } from 'vitest';
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
  it('keeps the picture recognisable: grey levels of the two correlate', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const { data } = await photograph(field.image, seededRandom(seed));
      expect(data).toHaveLength(field.image.data.length);
      const difference =
        data.reduce((sum, v, i) => sum + Math.abs(v - (field.image.data[i] ?? 0)), 0) / data.length;
      expect(difference).toBeLessThan(80);
    }
  });
});
