export type { BlobStore } from './blob-store.ts';
export { openBlobStore } from './folder-store.ts';
export { openUploadStore, type UploadStore } from './upload-store.ts';
