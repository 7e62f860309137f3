export type { BlobStore } from './blob-store.ts';
export { openBlobStore } from './folder-store.ts';
