export * from './artifact/index.ts';
