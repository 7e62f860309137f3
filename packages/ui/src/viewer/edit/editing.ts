import type { MaskEdit, Stroke } from './strokes.ts';

/** Of the white cells, or of their nuclei. */
export type MaskName = 'mask' | 'nucleus';

/** A mask that was changed here and belongs to no reading yet: shown in place of the stored one. */
export interface DrawnMask {
  /** What the edits begin from, and the model's mask; PNG, white inside; null: an empty one. */
  readonly base: string | null;
  readonly model: string | null;
  readonly edits: readonly MaskEdit[];
}

/** Which mask is being changed, with what, and how to say so. */
export interface MaskEditing {
  readonly of: MaskName;
  readonly onOf: (of: MaskName) => void;
  readonly tool: Stroke['tool'];
  readonly onTool: (tool: Stroke['tool']) => void;
  /** Width of the tip: one of `TIP_SIZES`. */
  readonly size: number;
  readonly onSize: (size: number) => void;
  readonly onEdit: (edit: MaskEdit) => void;
  /** Null: there is nothing to take back, or to do again. */
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly hasModel: boolean;
  /** What became of the changes so far, in a few words. */
  readonly status: string;
  readonly onDone: () => void;
}
