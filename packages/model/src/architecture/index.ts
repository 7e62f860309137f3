export * from './backbones.ts';
export * from './head/index.ts';
export * from './hybrid/index.ts';
export * from './layers/index.ts';
export * from './mobilenetv2/index.ts';
export * from './stage.ts';
export * from './unet/index.ts';
export * from './weights.ts';
