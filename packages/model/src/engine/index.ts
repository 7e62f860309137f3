export { startCpu } from './cpu.ts';
export { type ChosenEngine, ENGINE_NAMES, type EngineChoice, type EngineName, isProcessor } from './names.ts';
export { currentEngine, selectEngine } from './select-engine.ts';
