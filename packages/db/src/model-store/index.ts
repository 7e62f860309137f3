export { addCopy } from './add-copy.ts';
export { openModelStore } from './folder-store.ts';
export type { ModelStore } from './model-store.ts';
