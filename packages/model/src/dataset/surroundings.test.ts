import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { withoutCells } from '../counterfactual/index.ts';
import { generateField } from '../generator/index.ts';
import { createImage } from '../images/index.ts';
import { stageAppearances } from './appearance.ts';
import { namedByBackground } from './name-stage.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

describe('surroundingsOf', () => {
  it('describes a field of one colour', () => {
    const { background, whiteCells, cellShare, colours } = surroundingsOf(
      createImage(224, 224, [200, 100, 17]),
    );
    expect(background).toEqual({ mean: [200, 100, 17], spread: [0, 0, 0] });
    expect([whiteCells, cellShare]).toEqual([null, 0]);
    // 200, 100 and 17 lie in bins 12, 6 and 1 of 16.
    expect(colours).toEqual(Float32Array.from({ length: 48 }, (_, i) => ([12, 22, 33].includes(i) ? 1 : 0)));
  });

  it('sees colours beside the white cells only', () => {
    const { image, mask } = generateField({ seed: 3, stage: 'Pre' });
    const { cellShare, whiteCells, colours } = surroundingsOf(image);
    const drawn = mask.reduce((n, m) => n + m, 0) / mask.length;
    expect(Math.abs(cellShare - drawn)).toBeLessThan(0.05);
    // White cells absorb green light most, and are darker than the field.
    expect(whiteCells?.[1]).toBeLessThan(Math.min(whiteCells?.[0] ?? 0, whiteCells?.[2] ?? 0));
    const without = surroundingsOf(withoutCells(image, mask)).colours;
    colours.forEach((value, i) => {
      expect(Math.abs(value ** 2 - (without[i] ?? 0) ** 2)).toBeLessThan(0.06);
    });
  });
});

it('stageAppearances averages over the fields of each stage', () => {
  const field = (level: number, scaleBar: Surroundings['scaleBar'], cellShare: number): Surroundings => ({
    background: { mean: [level, level, level], spread: [1, 2, 3] },
    whiteCells: cellShare === 0 ? null : [10, 20, 30],
    cellShare,
    scaleBar,
    colours: new Float32Array(48),
  });
  const fields = [field(100, 'white', 0), field(200, 'none', 0.2), field(50, 'red', 0)];
  expect(stageAppearances(['Early', 'Early', 'Pro'], fields)).toEqual([
    {
      stage: 'Early',
      background: { mean: [150, 150, 150], spread: [1, 2, 3] },
      whiteCells: [10, 20, 30],
      cellShare: 0.1,
      scaleBar: { white: 0.5, red: 0, none: 0.5 },
    },
    {
      stage: 'Pro',
      background: { mean: [50, 50, 50], spread: [1, 2, 3] },
      whiteCells: null,
      cellShare: 0,
      scaleBar: { white: 0, red: 1, none: 0 },
    },
  ]);
});

describe('namedByBackground', () => {
  /** Forty fields a stage in eight groups; `told` is what the one colour follows. */
  const dataset = (told: (stage: number, group: number) => number) =>
    MATURITY_STAGES.flatMap((stage, s) =>
      Array.from({ length: 40 }, (_, i) => {
        const group = Math.floor(i / 5);
        const bin = told(s, group);
        return {
          stage,
          group: `${stage}-${group}`,
          colours: Float32Array.from({ length: 48 }, (__, k) => (k === bin ? 1 : 0)),
        };
      }),
    );

  it('finds a colour that tells the stage', () => {
    expect(
      namedByBackground(
        dataset((stage) => stage),
        1,
      ),
    ).toEqual({
      folds: 5,
      random: 1,
      grouped: 1,
      chance: 0.25,
    });
  });

  it('tells a look that was learned from one that was never seen', () => {
    const named = namedByBackground(
      dataset((stage, group) => 8 * stage + group),
      1,
    );
    expect(named?.random).toBe(1);
    expect(named?.grouped).toBeLessThan(0.5);
  });

  it('says nothing of too few groups', () => {
    const few = dataset((stage) => stage).filter(({ group }) => /-[0-3]$/.test(group));
    expect(namedByBackground(few, 1)).toBeNull();
    expect(namedByBackground([], 1)).toBeNull();
  });
});
