'use client';

import { useState } from 'react';
import { EMPTY_READING, type ReadingDraft } from './reading.ts';

/** Readings begun and not recorded, by field: looking at another case in between loses nothing. Memory only. */
const drafts = new Map<string, ReadingDraft>();

export function useReadingDraft(imageId: string) {
  const [draft, setDraft] = useState(() => drafts.get(imageId) ?? EMPTY_READING);
  const change = (part: Partial<ReadingDraft>) => {
    const next = { ...(drafts.get(imageId) ?? EMPTY_READING), ...part };
    drafts.set(imageId, next);
    setDraft(next);
  };
  const forget = () => {
    drafts.delete(imageId);
    setDraft(EMPTY_READING);
  };
  return { draft, change, forget };
}
