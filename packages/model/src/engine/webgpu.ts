import { firstFailure } from './device-failure.ts';
import { registerWebgpuKernels } from './kernels/index.ts';
import * as tf from './tf.ts';

/**
 * Commands that are handed to the device together, and bytes of freed buffers that may wait for that. tfjs hands over every
 * fifteen, and each time costs.
 */
const COMMANDS_TOGETHER = 1000;
const BYTES_WAITING = 2 ** 30;

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

  /**
   * The stock backend goes on after a failed command and reads zeros where its result should be; and what is freed while
   * commands wait stays allocated until they are handed over.
   */
  class CheckedBackend extends WebGPUBackend {
    private waiting = 0;

    override disposeData(dataId: object, force?: boolean): boolean {
      const { shape = [] } = this.tensorMap.get(dataId) ?? {};
      const isFreed = super.disposeData(dataId, force);
      if (isFreed) this.waiting += 4 * tf.util.sizeFromShape(shape);
      if (this.waiting > BYTES_WAITING) {
        this.ensureCommandEncoderReady();
        this.endComputePassEncoder();
        this.submitQueue();
      }
      return isFreed;
    }

    override submitQueue(): void {
      super.submitQueue();
      this.waiting = 0;
    }

    override async read(dataId: object) {
      const values = await super.read(dataId);
      const failed = failure();
      if (failed) throw failed;
      return values;
    }
  }
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', COMMANDS_TOGETHER);
  // tfjs registers its backend in browsers only, so it is built here; its types follow an older WebGPU draft.
  tf.registerBackend('webgpu', () => Reflect.construct(CheckedBackend, [graphics, adapter.info]));
  registerWebgpuKernels();
}
