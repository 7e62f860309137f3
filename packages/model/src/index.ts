export * from './architecture/index.ts';
export * from './artifact/index.ts';
export * from './calibration/index.ts';
export * from './costs/index.ts';
export * from './decision/index.ts';
export * from './export/index.ts';
export * from './images/index.ts';
export * from './metrics/index.ts';
