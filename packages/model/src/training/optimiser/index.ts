export { ADAMW, AdamW, type AdamWConfig, type AdamWState, stepFactors } from './adamw.ts';
export { stepArrays } from './adamw-arrays.ts';
export { type OneCycle, oneCycleRate } from './one-cycle.ts';
