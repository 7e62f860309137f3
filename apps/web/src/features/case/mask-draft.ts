import { type History, type MaskEdit, type MaskName, NO_HISTORY } from '@blastwise/ui';
import { z } from 'zod';

const strokeSchema = z.object({
  tool: z.enum(['brush', 'eraser']),
  size: z.int().min(1).max(255),
  points: z.array(z.int()).refine(({ length }) => length % 2 === 0),
});
const editSchema = z.union([strokeSchema, z.object({ tool: z.literal('reset') })]);

const layerDraftSchema = z.object({
  base: z.object({ reading: z.uuid().nullable() }),
  done: z.array(editSchema),
  undone: z.array(editSchema),
});
const maskDraftSchema = z.object({ mask: layerDraftSchema.optional(), nucleus: layerDraftSchema.optional() });

/** Changes of one mask, and what they begin from: the mask of a reading, or the model's. */
export interface LayerDraft extends History<MaskEdit> {
  readonly base: { readonly reading: string | null };
}

/** Changes of a field's masks that belong to no reading yet. */
export type MaskDraft = { readonly [Of in MaskName]?: LayerDraft | undefined };

export const NO_DRAFT: MaskDraft = {};

/** A draft as it was kept; none where what was kept is not one. */
export function readDraft(text: string | null): MaskDraft {
  try {
    const draft = maskDraftSchema.safeParse(JSON.parse(text ?? '{}'));
    return draft.success ? draft.data : NO_DRAFT;
  } catch {
    return NO_DRAFT;
  }
}

/** Null: there is nothing to keep. */
export function writeDraft(draft: MaskDraft): string | null {
  return Object.values(draft).some(isBegun) ? JSON.stringify(draft) : null;
}

export const isBegun = (layer: LayerDraft | undefined): layer is LayerDraft =>
  layer !== undefined && layer.done.length + layer.undone.length > 0;

/** Whether a mask differs, as far as its changes say. */
export const isChanged = (draft: MaskDraft, of: MaskName): boolean => (draft[of]?.done.length ?? 0) > 0;

export const changedMasks = (draft: MaskDraft): MaskName[] =>
  (['mask', 'nucleus'] as const).filter((of) => isChanged(draft, of));

/** Takes every change back, so that each can be done again. */
export function allUndone(draft: MaskDraft): MaskDraft {
  const back = (layer: LayerDraft | undefined) =>
    layer && { ...layer, ...NO_HISTORY, undone: [...layer.undone, ...layer.done.toReversed()] };
  const [mask, nucleus] = [back(draft.mask), back(draft.nucleus)];
  return { mask, nucleus };
}
