import type { Mark } from './marks.ts';

/** A copy is moved by at most a tenth of the side, 5.6 pixels of the thumbnail; and its landmarks by one more. */
const FARTHEST = 7;
/** All marks of a copy are moved alike, but for one pixel. */
const LOOSE = 1;
/** Of the signs that are weak in neither picture so many may differ. */
const WRONG = 1;
/** So many marks in common show the same picture. Decision 58 has the figures. */
const ENOUGH = 4;

/** How two marks that look alike lie to each other. */
interface Pair {
  readonly mark: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Whether marks are those of a picture that is turned, moved by up to a tenth of the side or encoded again.
 *
 * @param turns the picture's marks in each of its turns, see `marksInTurns`.
 */
export const showsMarks = (turns: readonly (readonly Mark[])[], marks: readonly Mark[]): boolean =>
  marksInCommon(turns, marks) >= ENOUGH;

/** How many marks lie, under one turn and one shift, where the picture has one that looks the same: most of all turns and shifts. */
export function marksInCommon(turns: readonly (readonly Mark[])[], marks: readonly Mark[]): number {
  let most = 0;
  for (const turned of turns) {
    const pairs = pairsOf(turned, marks);
    for (const { dx, dy } of pairs.length > most ? pairs : []) {
      const alike = pairs.filter(
        (pair) => Math.abs(pair.dx - dx) <= LOOSE && Math.abs(pair.dy - dy) <= LOOSE,
      );
      most = Math.max(most, new Set(alike.map(({ mark }) => mark)).size);
    }
  }
  return most;
}

function pairsOf(picture: readonly Mark[], marks: readonly Mark[]): Pair[] {
  const pairs: Pair[] = [];
  let at = 0;
  for (const mark of marks) {
    for (const other of picture) {
      const dx = other.x - mark.x;
      if (dx > FARTHEST || dx < -FARTHEST) continue;
      const dy = other.y - mark.y;
      if (dy > FARTHEST || dy < -FARTHEST) continue;
      if (looksLike(mark, other)) pairs.push({ mark: at, dx, dy });
    }
    at++;
  }
  return pairs;
}

function looksLike(a: Mark, b: Mark): boolean {
  if (a.isDark !== b.isDark) return false;
  let wrong = (a.signs ^ b.signs) & ~(a.unsure | b.unsure);
  for (let left = WRONG; wrong !== 0 && left > 0; left--) wrong &= wrong - 1;
  return wrong === 0;
}
