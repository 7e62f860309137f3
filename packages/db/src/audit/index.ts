export * from './actions.ts';
export * from './append.ts';
export * from './key.ts';
export * from './list.ts';
export * from './sealer.ts';
export * from './verify.ts';
