export { FieldViewer, type FieldViewerProps, type ViewerHandle } from './field-viewer.tsx';
export type { MaskMode } from './mask-layer.tsx';
