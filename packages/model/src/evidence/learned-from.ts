import { type Artifact, SPLIT_FILE } from '../artifact/index.ts';
import { parseSplit, type SplitField } from '../dataset/index.ts';

/** How many of the fields lie on a side of the model's own split that it was made from; null where it keeps none. */
export function learnedFrom(
  artifact: Artifact,
  fields: readonly Pick<SplitField, 'sha256'>[],
): number | null {
  const split = artifact.file(SPLIT_FILE);
  if (!split) return null;
  const own = parseSplit(new TextDecoder().decode(split), SPLIT_FILE).fields;
  const learned = new Set(own.filter(({ side }) => side !== 'test').map(({ sha256 }) => sha256));
  return fields.filter(({ sha256 }) => learned.has(sha256)).length;
}
