export * from './layers.ts';
export * from './unet.ts';
