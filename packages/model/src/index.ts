export * from './artifact/index.ts';
export * from './images/index.ts';
