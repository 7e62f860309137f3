export * from './dtype.ts';
export * from './float16.ts';
export * from './safetensors.ts';
