import type { SplitField } from './manifest.ts';

/** How messages name a field of a split. */
export type FieldName = (field: Pick<SplitField, 'path' | 'stage' | 'sha256'>) => string;

/** By its file: on the terminal of whoever gave the folder. */
export const byPath: FieldName = ({ path }) => path;

/**
 * By what it shows: in whatever is kept, logged or shown to others, for names of files may say who somebody is (R17).
 * `split.json` has the file beside the digest.
 */
export const byContent = ({ stage, sha256 }: Pick<SplitField, 'stage' | 'sha256'>): string =>
  `${stage} field ${sha256.slice(0, 12)}`;
