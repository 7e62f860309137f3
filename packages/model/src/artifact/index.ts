export * from './digest.ts';
export * from './dtype.ts';
export * from './features.ts';
export * from './float16.ts';
export * from './load.ts';
export * from './manifest.ts';
export * from './safetensors.ts';
export * from './save.ts';
