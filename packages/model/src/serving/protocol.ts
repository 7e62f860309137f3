/** Where ONNX Runtime computes. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What the worker is started with. */
export interface WorkerSetup {
  readonly onnx: Uint8Array;
  readonly provider: Provider;
  /** Threads of one run; 0 lets ONNX Runtime take every core. */
  readonly threads: number;
}

/** `pixels`: n fields of size x size x 3 bytes, RGB; `outputs`: names of what is wanted of the graph. */
export interface RunRequest {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly n: number;
  readonly size: number;
  readonly outputs: readonly string[];
}

/** One field's outputs in the order of `RunRequest.outputs`. */
export type FieldOutputs = readonly Float32Array<ArrayBuffer>[];
