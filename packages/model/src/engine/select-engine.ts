import { DomainError } from '@blastwise/contracts';
import { startCpu } from './cpu.ts';
import type { ChosenEngine, EngineChoice, EngineName } from './names.ts';
import { startNodeGpu } from './node-gpu.ts';
import { startOnnx } from './onnx.ts';
import { startWasm } from './wasm.ts';
import { startWebgpu } from './webgpu.ts';

const STARTERS: Record<ChosenEngine, () => Promise<void>> = {
  'node-gpu': startNodeGpu,
  webgpu: startWebgpu,
  onnx: startOnnx,
  wasm: startWasm,
  cpu: startCpu,
};

/** The order of `auto`. `cpu` is missing on purpose: it must be named to be used. */
const PREFERENCE: readonly ChosenEngine[] = ['node-gpu', 'webgpu', 'onnx', 'wasm'];

let current: ChosenEngine | null = null;

/** The engine that was selected last; null before. */
export const currentEngine = (): ChosenEngine | null => current;

const firstSentence = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? 'unknown error';

/**
 * Starts the engine and makes it the current one, of this thread.
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
      current = candidate;
      return { name: candidate, reasons };
    } catch (error) {
      reasons.push(`${candidate}: ${firstSentence(error)}`);
    }
  }
  throw new DomainError('ENGINE_UNAVAILABLE', `No engine could be started (${reasons.join('; ')}).`);
}
