const MINUTE = 60_000;

/** So many minutes before it ends, an idle session says so. */
const WARNED_MINUTES = 2;

/** The whole minutes, begun ones included and at least 1, in which an idle session ends; null: not soon. Times in milliseconds. */
export function minutesLeft(lastSign: number, now: number, idleMinutes: number): number | null {
  const left = Math.ceil((lastSign + idleMinutes * MINUTE - now) / MINUTE);
  return left > WARNED_MINUTES ? null : Math.max(1, left);
}
