import { type Artifact, decodeMarks, MARKS_FILE } from '../artifact/index.ts';
import { byContent, type Side } from '../dataset/index.ts';
import type { MarkedImage } from './leak-guard.ts';

/** Fields of some sides of which an artifact keeps landmarks and no picture, each a group of its own. */
export function markedImages(artifact: Artifact, sides: readonly Side[]): MarkedImage[] {
  const bytes = artifact.file(MARKS_FILE);
  if (!bytes) return [];
  return decodeMarks(bytes)
    .filter(({ side }) => sides.includes(side))
    .map(({ sha256, stage, marks }) => ({
      name: byContent({ stage, sha256 }),
      group: `file ${sha256}`,
      sha256,
      marks,
    }));
}
