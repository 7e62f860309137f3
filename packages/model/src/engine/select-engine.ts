import { DomainError } from '@blastwise/contracts';
import type { ChosenEngine, EngineChoice, EngineName } from './names.ts';
import { startNodeGpu } from './node-gpu.ts';
import * as tf from './tf.ts';
import { startWasm } from './wasm.ts';
import { startWebgpu } from './webgpu.ts';

/** The pure JavaScript backend: a reference for checks, hundreds of times slower than the others. */
async function startCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  // Without it, its first use recommends another package on stderr.
  tf.enableProdMode();
  await tf.setBackend('cpu');
}

const STARTERS: Record<ChosenEngine, () => Promise<void>> = {
  'node-gpu': startNodeGpu,
  webgpu: startWebgpu,
  wasm: startWasm,
  cpu: startCpu,
};

/** The order of `auto`. `cpu` is missing on purpose: it must be named to be used. */
const PREFERENCE: readonly ChosenEngine[] = ['node-gpu', 'webgpu', 'wasm'];

const firstSentence = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? 'unknown error';

/**
 * Starts the tfjs engine and makes it the current backend.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when the named engine, or with `auto` every engine, cannot start.
 */
export async function selectEngine(
  name: EngineName,
  starters: Record<ChosenEngine, () => Promise<void>> = STARTERS,
): Promise<EngineChoice> {
  const reasons: string[] = [];
  for (const candidate of name === 'auto' ? PREFERENCE : [name]) {
    try {
      await starters[candidate]();
      return { name: candidate, reasons };
    } catch (error) {
      reasons.push(`${candidate}: ${firstSentence(error)}`);
    }
  }
  throw new DomainError('ENGINE_UNAVAILABLE', `No engine could be started (${reasons.join('; ')}).`);
}
