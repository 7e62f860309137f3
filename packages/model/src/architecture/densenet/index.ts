export * from './net.ts';
export * from './variants.ts';
