'use client';

import type { History, MaskEdit, MaskName } from '@blastwise/ui';
import { useSyncExternalStore } from 'react';
import { useProfile } from '../shell/index.ts';
import { layerOf } from './drawn-masks.ts';
import { allUndone, type MaskDraft, NO_DRAFT, readDraft, writeDraft } from './mask-draft.ts';
import type { CaseField } from './types.ts';

interface Kept {
  readonly draft: MaskDraft;
  /** Whether it will be there after the page is left. */
  readonly safe: boolean;
}

const NONE: Kept = { draft: NO_DRAFT, safe: true };
const known = new Map<string, Kept>();
const listeners = new Set<() => void>();

function read(key: string): Kept {
  const here = known.get(key);
  if (here) return here;
  let kept = NONE;
  try {
    kept = { draft: readDraft(localStorage.getItem(key)), safe: true };
  } catch {
    // A browser that keeps nothing has kept nothing.
  }
  known.set(key, kept);
  return kept;
}

function write(key: string, draft: MaskDraft): void {
  const text = writeDraft(draft);
  let safe = true;
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    safe = text === null;
  }
  known.set(key, { draft, safe });
  for (const listener of listeners) listener();
}

/**
 * Changes of a field's masks that are not recorded: kept in this browser, for this reader alone, as lines on the picture
 * under the field's identifier, without anything of the patient.
 */
export function useMaskDraft(field: Pick<CaseField, 'imageId' | 'corrections'>) {
  const { id } = useProfile();
  const key = `blastwise-mask-draft:${id}:${field.imageId}`;
  const { draft, safe } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(key),
    () => NONE,
  );
  return {
    draft,
    safe,
    /** Moves the history of one mask on; the first change says what it begins from: the mask that stands. */
    change(of: MaskName, next: (history: History<MaskEdit>) => History<MaskEdit>): void {
      const now = read(key).draft;
      const layer = layerOf(field, now, of);
      write(key, { ...now, [of]: { base: layer.base, ...next(layer) } });
    },
    putAway: () => write(key, allUndone(read(key).draft)),
    /** Once it is recorded; what was changed since then stays. */
    forget(recorded: MaskDraft): void {
      if (read(key).draft === recorded) write(key, NO_DRAFT);
    },
  };
}
