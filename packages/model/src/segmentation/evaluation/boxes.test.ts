import { describe, expect, it } from 'vitest';
import type { Box } from '../../images/index.ts';
import { boxIou, matchBoxes } from './boxes.ts';
import { parseVocBoxes } from './voc-boxes.ts';

const box = (left: number, top: number, right: number, bottom: number): Box => ({
  left,
  top,
  right,
  bottom,
});

describe('boxIou', () => {
  it.each([
    ['the same box', box(0, 0, 4, 4), box(0, 0, 4, 4), 1],
    ['half of each: 8 of 24', box(0, 0, 4, 4), box(2, 0, 6, 4), 1 / 3],
    ['a quarter inside', box(0, 0, 4, 4), box(0, 0, 2, 2), 1 / 4],
    ['side by side', box(0, 0, 2, 2), box(2, 0, 4, 2), 0],
    ['apart both ways', box(0, 0, 1, 1), box(5, 5, 9, 9), 0],
  ])('%s', (_, a, b, iou) => {
    expect(boxIou(a, b)).toBeCloseTo(iou, 12);
    expect(boxIou(b, a)).toBeCloseTo(iou, 12);
  });
});

describe('matchBoxes', () => {
  const one = box(0, 0, 10, 10);
  const other = box(20, 0, 30, 10);
  it.each<[string, Box[], Box[], number]>([
    ['two cells in one box: it counts for neither', [box(0, 0, 30, 10)], [one, other], 0],
    ['one cell found twice counts once', [one, box(0, 0, 10, 9)], [one], 1],
    ['each its own', [other, one], [one, other], 2],
    ['IoU of just one half is enough', [box(0, 0, 5, 10)], [one], 1],
    ['nothing found', [], [one], 0],
    ['nothing to find', [one], [], 0],
  ])('%s', (_, found, truth, matched) => {
    expect(matchBoxes(found, truth)).toBe(matched);
  });

  it('gives the best pair to each other where two boxes want one cell', () => {
    expect(matchBoxes([box(0, 0, 10, 6), box(0, 0, 10, 9)], [one, box(0, 0, 10, 4)])).toBe(2);
  });
});

describe('parseVocBoxes', () => {
  const object = (name: string, sides: string) =>
    `<object><name>${name}</name><bndbox>${sides}</bndbox></object>`;
  const sides = '<xmin>1</xmin>\n<ymin>2</ymin><xmax>10</xmax><ymax>20</ymax>';

  it('reads the boxes of the kind asked for, counting pixels from 0', () => {
    const xml = `<annotation>${object('RBC', sides)}\n${object('WBC', sides)}</annotation>`;
    expect(parseVocBoxes(xml, 'WBC')).toEqual([box(0, 1, 10, 20)]);
    expect(parseVocBoxes(xml, 'Platelets')).toEqual([]);
  });

  it('refuses a box without a side', () => {
    expect(() => parseVocBoxes(object('WBC', '<xmin>1</xmin>'), 'WBC')).toThrow('four sides');
  });
});
