import { describe, expect, it } from 'vitest';
import { type History, NO_HISTORY, redo, undo, withDone } from './history.ts';

type Step = 'draw' | 'undo' | 'redo';

/** Every sequence of up to `length` steps. */
function sequences(length: number): Step[][] {
  if (length === 0) return [[]];
  const shorter = sequences(length - 1);
  const steps: Step[] = ['draw', 'undo', 'redo'];
  return [
    ...shorter,
    ...shorter
      .filter((sequence) => sequence.length === length - 1)
      .flatMap((sequence) => steps.map((step) => [...sequence, step])),
  ];
}

/** The history after a sequence; the nth drawing is the number n. */
const after = (sequence: readonly Step[]): History<number> =>
  sequence.reduce<{ history: History<number>; n: number }>(
    ({ history, n }, step) => {
      if (step === 'draw') return { history: withDone(history, n), n: n + 1 };
      return { history: step === 'undo' ? undo(history) : redo(history), n };
    },
    { history: NO_HISTORY, n: 0 },
  ).history;

describe('undo and redo', () => {
  const histories = sequences(7).map(after);

  it('take each other back, whatever was done before', () => {
    expect(histories).toHaveLength((3 ** 8 - 1) / 2);
    for (const history of histories) {
      if (history.done.length > 0) expect(redo(undo(history))).toEqual(history);
      if (history.undone.length > 0) expect(undo(redo(history))).toEqual(history);
      expect(undo(withDone(history, 99)).done).toEqual(history.done);
      expect(withDone(history, 99).undone).toEqual([]);
    }
  });

  it('do nothing at the ends', () => {
    for (const history of histories) {
      if (history.done.length === 0) expect(undo(history)).toBe(history);
      if (history.undone.length === 0) expect(redo(history)).toBe(history);
    }
  });

  it('lead through all of them and back, in order', () => {
    const drawn = after(['draw', 'draw', 'draw']);
    expect(undo(undo(drawn))).toEqual({ done: [0], undone: [2, 1] });
    expect(redo(undo(undo(drawn)))).toEqual({ done: [0, 1], undone: [2] });
    expect(withDone(undo(drawn), 7)).toEqual({ done: [0, 1, 7], undone: [] });
  });
});
