'use client';

import type { MaskName } from '@blastwise/ui';
import { useState } from 'react';
import { maskSrc, modelMaskSrc, standingMask } from './corrected-masks.ts';
import type { CaseField } from './types.ts';

/** Whose masks are shown: those that stand as readers corrected them, the model's, or those of one reading. */
export function useShownMasks(field: CaseField | undefined) {
  const [chosen, setChosen] = useState<{ imageId: string; reading: string | 'model' } | null>(null);
  const imageId = field?.imageId ?? '';
  const corrections = field?.corrections ?? [];
  const asked = chosen?.imageId === imageId ? chosen.reading : null;
  const one = corrections.find(({ id }) => id === asked) ?? null;
  const readingOf = (of: MaskName) => (asked === 'model' ? null : (one ?? standingMask(corrections, of)));
  const src = (of: MaskName) => field && maskSrc(field, of, readingOf(of));
  const shownBy = [readingOf('mask'), readingOf('nucleus')].find((r) => r?.masks.mask || r?.masks.nucleus);
  const anyStands = standingMask(corrections, 'mask') ?? standingMask(corrections, 'nucleus');
  const by = shownBy ?? anyStands;
  const hasModel = field !== undefined && modelMaskSrc(field, 'mask') !== null;
  const show = (reading: string | 'model' | null) =>
    setChosen(reading === null ? null : { imageId, reading });
  return {
    mask: src('mask') ?? null,
    nucleus: src('nucleus') ?? null,
    /** "as corrected by Dr Ann"; null: nobody has corrected any. */
    by: by ? `as corrected by ${by.reader.name}` : null,
    corrected: shownBy !== undefined,
    /** With the AI off there is no other to change to. */
    switchable: by !== null && by !== undefined && hasModel,
    toggle: () => show(shownBy ? 'model' : null),
    reading: one?.id ?? null,
    show,
  };
}
export type ShownMasks = ReturnType<typeof useShownMasks>;
