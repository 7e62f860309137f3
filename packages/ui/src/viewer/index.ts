export type { CellBox } from './cell-layer.tsx';
export {
  type DrawnMask,
  type History,
  type MaskEdit,
  type MaskEditing,
  type MaskName,
  NO_HISTORY,
  nextTip,
  readSources,
  redo,
  replay,
  type Stroke,
  undo,
  withDone,
  writeMask,
} from './edit/index.ts';
export { FieldViewer, type FieldViewerProps, type ViewerHandle } from './field-viewer.tsx';
export type { FieldLayers } from './layers.ts';
export type { MaskMode } from './mask-layer.tsx';
