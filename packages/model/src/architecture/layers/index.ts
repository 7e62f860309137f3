export * from './cell-channel.ts';
export * from './connect.ts';
export * from './fade.ts';
export * from './masked-pool.ts';
export * from './normalise.ts';
export * from './relu6.ts';
export * from './seeded-dropout.ts';
export * from './standardise.ts';
