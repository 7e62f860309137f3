import { seededRandom } from '../random/index.ts';

/** At most `size` of the items, drawn by the seed and in their order; all of them where no size is given. */
export function sampleOf<Item>(
  items: readonly Item[],
  size: number | undefined,
  seed: number,
): readonly Item[] {
  if (size === undefined || size >= items.length) return items;
  const drawn = new Set(
    seededRandom(seed)
      .shuffle([...items.keys()])
      .slice(0, size),
  );
  return items.filter((_, i) => drawn.has(i));
}
