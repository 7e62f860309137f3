import type { Reason } from '@blastwise/contracts';

/** What decides how much a tile says. */
interface Weighed {
  /** White cells that it owns. */
  readonly owned: number;
  /** Why it alone could not be judged. */
  readonly faults: readonly Reason[];
}

/**
 * How much each tile weighs in the answer, 0 or more: its white cells; all alike where none has one. Tiles that cannot be
 * judged weigh nothing while another one can be.
 */
export function tileWeights(tiles: readonly Weighed[]): number[] {
  const isClear = ({ faults }: Weighed): boolean => faults.length === 0;
  const heard = tiles.some(isClear) ? tiles.map(isClear) : tiles.map(() => true);
  const owned = tiles.map((tile, i) => (heard[i] ? tile.owned : 0));
  return owned.some((cells) => cells > 0) ? owned : heard.map(Number);
}
