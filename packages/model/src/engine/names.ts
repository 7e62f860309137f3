/** Every engine that can run a training step; `auto` takes the first that is available, and never `cpu`. */
export const ENGINE_NAMES = ['auto', 'node-gpu', 'webgpu', 'onnx', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
export type ChosenEngine = Exclude<EngineName, 'auto'>;

/** What {@link EngineName} led to. `reasons` says for each engine that was tried before why it was not taken. */
export interface EngineChoice {
  name: ChosenEngine;
  reasons: string[];
}

/** Whether an engine computes on the processor: its trainings share the cores, and its memory is the machine's. */
export const isProcessor = (engine: ChosenEngine): boolean =>
  engine === 'onnx' || engine === 'wasm' || engine === 'cpu';
