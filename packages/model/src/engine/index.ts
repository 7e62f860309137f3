export { type ChosenEngine, ENGINE_NAMES, type EngineChoice, type EngineName } from './names.ts';
export { selectEngine } from './select-engine.ts';
