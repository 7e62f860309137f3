import { describe, expect, it } from 'vitest';
import { type MaskEdit, paintStroke, replay, type Stroke } from './strokes.ts';

const SIZE = { width: 7, height: 5 };
const draw = (mask: Uint8Array): string[] =>
  Array.from({ length: SIZE.height }, (_, y) =>
    Array.from(mask.subarray(y * SIZE.width, (y + 1) * SIZE.width), (v) => (v ? '#' : '.')).join(''),
  );
const brush = (size: number, ...points: number[]): Stroke => ({ tool: 'brush', size, points });
const painted = (stroke: Stroke): string[] => {
  const mask = new Uint8Array(SIZE.width * SIZE.height);
  paintStroke(mask, SIZE, stroke);
  return draw(mask);
};

describe('paintStroke', () => {
  it.each<[string, Stroke, string[]]>([
    ['one pixel', brush(1, 3, 2), ['.......', '.......', '...#...', '.......', '.......']],
    // Corners lie 1.41 away, and 1.5 reaches them.
    ['a tip of three', brush(3, 3, 2), ['.......', '..###..', '..###..', '..###..', '.......']],
    // (2, 1) lies 2.24 away, within 2.5; the corners (2, 2) lie 2.83 away.
    ['a tip of five', brush(5, 3, 2), ['..###..', '.#####.', '.#####.', '.#####.', '..###..']],
    ['a line along a row', brush(1, 1, 1, 5, 1), ['.......', '.#####.', '.......', '.......', '.......']],
    // From (1, 1) to (5, 3), a slope of 1/2: (2, 1) and (2, 2) both lie 0.45 from the line, as do (4, 2) and (4, 3).
    ['a slanting line', brush(1, 1, 1, 5, 3), ['.......', '.##....', '..###..', '....##.', '.......']],
    ['a corner', brush(1, 1, 1, 3, 1, 3, 3), ['.......', '.###...', '...#...', '...#...', '.......']],
    [
      'what lies in the field alone',
      brush(3, -1, 0, 0, 4),
      ['#......', '#......', '##.....', '##.....', '##.....'],
    ],
    ['nothing far outside', brush(3, -5, 2), ['.......', '.......', '.......', '.......', '.......']],
  ])('paints %s', (_, stroke, rows) => expect(painted(stroke)).toEqual(rows));

  it('says what may have changed, and goes on from a point', () => {
    const whole = new Uint8Array(35);
    expect(paintStroke(whole, SIZE, brush(3, 1, 1, 3, 1, 6, 4))).toEqual({
      left: 0,
      top: 0,
      right: 7,
      bottom: 5,
    });
    const parts = new Uint8Array(35);
    expect(paintStroke(parts, SIZE, brush(3, 1, 1))).toEqual({ left: 0, top: 0, right: 3, bottom: 3 });
    paintStroke(parts, SIZE, brush(3, 1, 1, 3, 1), 1);
    paintStroke(parts, SIZE, brush(3, 1, 1, 3, 1, 6, 4), 2);
    expect(draw(parts)).toEqual(draw(whole));
    expect(paintStroke(parts, SIZE, brush(3))).toBeNull();
  });
});

describe('replay', () => {
  const full = new Uint8Array(35).fill(1);
  const empty = new Uint8Array(35);
  const erase: MaskEdit = { tool: 'eraser', size: 3, points: [3, 2] };
  const reset: MaskEdit = { tool: 'reset' };

  it.each<[string, MaskEdit[], string[]]>([
    ['nothing', [], ['#######', '#######', '#######', '#######', '#######']],
    ['an eraser', [erase], ['#######', '##...##', '##...##', '##...##', '#######']],
    ['brush over eraser', [erase, brush(1, 3, 2)], ['#######', '##...##', '##.#.##', '##...##', '#######']],
    ['back to the model', [erase, reset], draw(empty)],
    [
      'and on from there',
      [erase, reset, brush(1, 0, 0), erase],
      ['#......', '.......', '.......', '.......', '.......'],
    ],
  ])('does %s', (_, edits, rows) => {
    expect(draw(replay(edits, { base: full, model: empty }, SIZE))).toEqual(rows);
    expect([...full, ...empty]).toEqual([...Array(35).fill(1), ...Array(35).fill(0)]);
  });
});
