import type { DrawnMask, MaskName } from '@blastwise/ui';
import { readingMaskUrl } from '../shared/index.ts';
import { modelMaskSrc, standingMask } from './corrected-masks.ts';
import { isBegun, type LayerDraft, type MaskDraft } from './mask-draft.ts';
import type { CaseField } from './types.ts';

/** One list, so that a mask without changes is not drawn anew each time. */
const NO_EDITS: LayerDraft['done'] = [];

/** The changes of a mask and what they begin from; before the first one, that is the mask that stands. */
export function layerOf(
  { corrections }: Pick<CaseField, 'corrections'>,
  draft: MaskDraft,
  of: MaskName,
): LayerDraft {
  const layer = draft[of];
  if (isBegun(layer)) return layer;
  return { base: { reading: standingMask(corrections, of)?.id ?? null }, done: NO_EDITS, undone: NO_EDITS };
}

/** A mask with its changes, for the viewer and for sending. */
export function drawnMask(field: CaseField, draft: MaskDraft, of: MaskName): DrawnMask {
  const { base, done } = layerOf(field, draft, of);
  const model = modelMaskSrc(field, of);
  return { base: base.reading === null ? model : readingMaskUrl(base.reading, of), model, edits: done };
}
