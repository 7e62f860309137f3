import { firstFailure } from './device-failure.ts';
import { registerWebgpuKernels } from './kernels/index.ts';
import * as tf from './tf.ts';

const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** Dawn's WebGPU through Vulkan, Metal or Direct3D. Hardware adapters only: software ones are slower than wasm. */
export async function startWebgpu(): Promise<void> {
  // A second start keeps the first's device, and with it every tensor that lies there.
  if (!tf.findBackendFactory('webgpu')) await registerWebgpu();
  if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend did not start');
}

async function registerWebgpu(): Promise<void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
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
  // tfjs looks for it where browsers have it, and without a reference to it Dawn ends.
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  const failure = firstFailure(graphics);

  /** The stock backend goes on after a failed command and reads zeros where its result should be. */
  class CheckedBackend extends WebGPUBackend {
    override async read(dataId: object) {
      const values = await super.read(dataId);
      const failed = failure();
      if (failed) throw failed;
      return values;
    }
  }
  // tfjs registers its backend in browsers only, so it is built here; its types follow an older WebGPU draft.
  tf.registerBackend('webgpu', () => Reflect.construct(CheckedBackend, [graphics, adapter.info]));
  registerWebgpuKernels();
}
