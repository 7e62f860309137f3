export type { CellBox } from './cell-layer.tsx';
export { FieldViewer, type FieldViewerProps, type ViewerHandle } from './field-viewer.tsx';
export type { FieldLayers } from './layers.ts';
export type { MaskMode } from './mask-layer.tsx';
