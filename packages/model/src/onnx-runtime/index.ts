// The only way to ONNX Runtime: it reports nothing to anyone.
import './env.ts';

// biome-ignore lint/style/noRestrictedImports: the one place that may.
export * from 'onnxruntime-node';
