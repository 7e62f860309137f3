import { describe, expect, it } from 'vitest';
import { coverageReport } from './coverage.ts';
import { handMaskReport, scoreMasks } from './hand-mask-report.ts';
import { readHandMask } from './hand-masks.ts';

describe('readHandMask', () => {
  it('takes white for the nucleus and grey for the rest of the cell', () => {
    const levels = [0, 128, 255, 20];
    const image = { width: 4, height: 1, data: Uint8Array.from(levels.flatMap((v) => [v, v, v])) };
    const { cell, nucleus } = readHandMask(image);
    expect([...cell]).toEqual([0, 1, 1, 0]);
    expect([...nucleus]).toEqual([0, 0, 1, 0]);
  });
});

describe('handMaskReport', () => {
  /** A row of 8 pixels: the true cell is the first `cell`, its nucleus the first `nucleus`; found are the others. */
  const score = (
    name: string,
    cell: number,
    nucleus: number,
    foundCell: number,
    foundNucleus: number | null,
  ) => {
    const row = (n: number) => Uint8Array.from({ length: 8 }, (_, i) => (i < n ? 1 : 0));
    const found = { cell: row(foundCell), nucleus: foundNucleus === null ? null : row(foundNucleus) };
    return scoreMasks(name, found, { cell: row(cell), nucleus: row(nucleus) });
  };

  it('averages over pictures, folders and quarters, and names the failures', () => {
    const scores = [
      score('large/1', 4, 2, 4, 2),
      score('small/1', 8, 2, 4, 2),
      score('small/2', 6, 3, 0, 3),
      score('small/3', 2, 2, 2, null),
    ];
    const report = handMaskReport(scores);
    // Dice of the cells: 1, 8/12, 0, 1; of the nuclei: 1, 1, 1, 0.
    expect(report.all.cell).toEqual({
      dice: expect.closeTo((1 + 2 / 3 + 0 + 1) / 4, 12),
      iou: expect.closeTo((1 + 0.5 + 0 + 1) / 4, 12),
      failures: 1,
    });
    expect(report.all.nucleus.dice).toBeCloseTo(3 / 4, 12);
    expect(report.folders.map(({ group, n }) => [group, n])).toEqual([
      ['large', 1],
      ['small', 3],
    ]);
    expect(report.bySize.reduce((sum, { n }) => sum + n, 0)).toBe(4);
    expect(report.byNucleusShare.map(({ nucleus }) => nucleus.dice)).toEqual([1, 1, 1, 0]);
    expect(report.failures.map(({ name }) => name)).toEqual(['small/2', 'small/3']);
  });
});

describe('coverageReport', () => {
  it('counts the fields of a stage that show no cell', () => {
    const field = { stage: 'Pro' as const, cell: 0.1, nucleus: 0.05, cells: 4 };
    const report = coverageReport([
      { ...field, path: 'Pro/1' },
      { ...field, path: 'Pro/2', cell: 0, nucleus: 0, cells: 0 },
      { ...field, path: 'Pre/1', stage: 'Pre', nucleus: null },
    ]);
    expect(report.find(({ stage }) => stage === 'Pro')).toEqual({
      stage: 'Pro',
      n: 2,
      empty: ['Pro/2'],
      cells: 2,
      cell: expect.closeTo(0.05, 12),
      nucleus: expect.closeTo(0.025, 12),
    });
    expect(report.find(({ stage }) => stage === 'Pre')?.nucleus).toBeNull();
    expect(report[0]).toMatchObject({ stage: 'Benign', n: 0, empty: [] });
  });
});
