import * as tf from './tf.ts';

const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** Dawn's WebGPU through Vulkan, Metal or Direct3D. Hardware adapters only: software ones are slower than wasm. */
export async function startWebgpu(): Promise<void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no graphics adapter was found');
  const { vendor, architecture, device, description } = adapter.info;
  const adapterName = [vendor, architecture, device, description].filter(Boolean).join(' ');
  if (SOFTWARE_ADAPTER.test(adapterName)) throw new Error(`the adapter is software only (${adapterName})`);

  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const limits = adapter.limits;
  const graphics = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  tf.removeBackend('webgpu');
  // tfjs registers its backend in browsers only, so it is built here; its types follow an older WebGPU draft.
  tf.registerBackend('webgpu', () => Reflect.construct(WebGPUBackend, [graphics, adapter.info]));
  if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend did not start');
}
