export { ADAMW, AdamW, type AdamWConfig, type AdamWState } from './adamw.ts';
export { type OneCycle, oneCycleRate } from './one-cycle.ts';
