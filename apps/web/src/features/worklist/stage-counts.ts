import type { WorklistRow } from './use-worklist.ts';

type Image = WorklistRow['images'][number];

export interface StageCount {
  /** Null: not assessable. */
  readonly stage: Image['stage'];
  /** Whether the fields were deferred: they have no answer, only a stage that would cost least. */
  readonly leans: boolean;
  readonly fields: number;
}

/** How many fields of a case show each stage, and how many deferred ones lean to it, in the fields' order. */
export function stageCounts(images: readonly Pick<Image, 'status' | 'stage'>[]): StageCount[] {
  const shown = images.filter(({ status }) => !['queued', 'failed', 'unread'].includes(status));
  const groups = Map.groupBy(shown, ({ stage, status }) => `${stage} ${status === 'deferred'}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ stage: first.stage, leans: first.status === 'deferred', fields: 1 + others.length }] : [],
  );
}
