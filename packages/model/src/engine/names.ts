/** Every engine that can run a training step; `auto` takes the first that is available, and never `cpu`. */
export const ENGINE_NAMES = ['auto', 'node-gpu', 'webgpu', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
export type ChosenEngine = Exclude<EngineName, 'auto'>;

/** What {@link EngineName} led to. `reasons` says for each engine that was tried before why it was not taken. */
export interface EngineChoice {
  name: ChosenEngine;
  reasons: string[];
}
