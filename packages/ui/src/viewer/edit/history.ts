/** What was done, oldest first, and what was undone since, last undone last. */
export interface History<T> {
  readonly done: readonly T[];
  readonly undone: readonly T[];
}

export const NO_HISTORY: History<never> = { done: [], undone: [] };

/** Something new is done: what was undone before is gone. */
export const withDone = <T>({ done }: History<T>, edit: T): History<T> => ({
  done: [...done, edit],
  undone: [],
});

/** Takes the last edit back; the same history where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const last = history.done.at(-1);
  if (last === undefined) return history;
  return { done: history.done.slice(0, -1), undone: [...history.undone, last] };
}

/** Does again what was undone last; the same history where there is nothing. */
export function redo<T>(history: History<T>): History<T> {
  const last = history.undone.at(-1);
  if (last === undefined) return history;
  return { done: [...history.done, last], undone: history.undone.slice(0, -1) };
}
