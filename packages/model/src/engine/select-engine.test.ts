import { DomainError } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import type { ChosenEngine } from './names.ts';
import { currentEngine, selectEngine } from './select-engine.ts';
import * as tf from './tf.ts';

const available = async () => {};
const missing = (why: string) => async () => {
  throw new Error(`${why}\nRequire stack: ...`);
};
const starters = (over: Partial<Record<ChosenEngine, () => Promise<void>>>) => ({
  'node-gpu': missing('not installed'),
  webgpu: missing('no adapter'),
  onnx: missing('no library'),
  wasm: missing('no SIMD'),
  cpu: available,
  ...over,
});

describe('selectEngine', () => {
  it.each([
    ['node-gpu first', { 'node-gpu': available, webgpu: available, wasm: available }, 'node-gpu', []],
    ['webgpu next', { webgpu: available, wasm: available }, 'webgpu', ['node-gpu: not installed']],
    [
      'onnx next',
      { onnx: available, wasm: available },
      'onnx',
      ['node-gpu: not installed', 'webgpu: no adapter'],
    ],
    [
      'wasm last',
      { wasm: available },
      'wasm',
      ['node-gpu: not installed', 'webgpu: no adapter', 'onnx: no library'],
    ],
  ] as const)('auto takes %s and says why not the others', async (_, over, name, reasons) => {
    expect(await selectEngine('auto', starters(over))).toEqual({ name, reasons: [...reasons] });
  });

  it('never falls to cpu by itself', async () => {
    const attempt = selectEngine('auto', starters({}));
    await expect(attempt).rejects.toThrow(DomainError);
    await expect(attempt).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect((await selectEngine('cpu', starters({}))).name).toBe('cpu');
  });

  it('refuses a named engine that is unavailable rather than take another', async () => {
    const attempt = selectEngine('webgpu', starters({ wasm: available }));
    await expect(attempt).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(attempt).rejects.toThrow('webgpu: no adapter');
  });

  it('names no path of this machine in its reasons', async () => {
    const { reasons } = await selectEngine('auto');
    expect(reasons.join()).not.toContain(process.cwd());
    expect(reasons.join()).not.toMatch(/(^|[\s'"])\/\w+\//);
  });

  it('starts ONNX Runtime with WebAssembly beside it', async () => {
    expect((await selectEngine('onnx')).name).toBe('onnx');
    expect(currentEngine()).toBe('onnx');
    expect(tf.getBackend()).toBe('wasm');
  });

  it('starts the real wasm engine', async () => {
    expect((await selectEngine('wasm')).name).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
    expect(tf.tidy(() => tf.sum(tf.ones([3, 4])).dataSync()[0])).toBe(12);
  });
});
