import type { LabelledField } from '../inputs/fields.ts';

/** At most `size` of the fields, drawn by the seed and in their order; all of them where no size is given. */
export async function sampleOf(
  fields: readonly LabelledField[],
  size: number | undefined,
  seed: number,
): Promise<readonly LabelledField[]> {
  if (size === undefined || size >= fields.length) return fields;
  const { seededRandom } = await import('@blastwise/model');
  const drawn = new Set(
    seededRandom(seed)
      .shuffle([...fields.keys()])
      .slice(0, size),
  );
  return fields.filter((_, i) => drawn.has(i));
}
