export { EditBar, nextTip } from './edit-bar.tsx';
export { EditLayer } from './edit-layer.tsx';
export type { DrawnMask, MaskEditing, MaskName } from './editing.ts';
export { type History, NO_HISTORY, redo, undo, withDone } from './history.ts';
export { readSources, writeMask } from './mask-pixels.ts';
export { type MaskEdit, replay, type Stroke } from './strokes.ts';
