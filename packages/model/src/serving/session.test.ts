import { execFile as execFileWithCallback } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { DomainError } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportModel } from '../export/index.ts';
import type { RgbImage } from '../images/index.ts';
import { type OnnxSession, openSession } from './session.ts';

const execFile = promisify(execFileWithCallback);

/** A field of 2 x 2 pixels, all of one value. */
const field = (value: number, size = 2): RgbImage => ({
  width: size,
  height: size,
  data: new Uint8Array(size * size * 3).fill(value),
});

/** A network that doubles every pixel. */
async function doubling(): Promise<Uint8Array> {
  await selectEngine('wasm');
  const image = tf.input({ shape: [2, 2, 3], name: 'image' });
  const outputs = tf.layers.add().apply([image, image]) as tf.SymbolicTensor;
  return exportModel(tf.model({ inputs: image, outputs }), { outputs: ['y'], weights: new Map() });
}

describe('openSession', () => {
  let session: OnnxSession<'y'>;
  beforeAll(async () => {
    session = await openSession(await doubling(), { outputs: ['y'], threads: 1 });
  });
  afterAll(() => session.close());

  it('answers each field of a batch, and calls in any number at once', async () => {
    expect(await session.run([])).toEqual([]);
    const answers = await Promise.all([session.run([field(1), field(2)]), session.run([field(3)])]);
    expect(answers.map((fields) => fields.map(({ y }) => y[0]))).toEqual([[2, 4], [6]]);
    expect(answers[0]?.[1]?.y).toHaveLength(12);
  });

  it('refuses fields of unequal size, and survives a run that fails', async () => {
    await expect(session.run([field(1), field(1, 3)])).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(session.run([field(1, 3)])).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await session.run([field(5)]))[0]?.y[0]).toBe(10);
  });

  it('finishes what it has taken before it closes, then refuses', async () => {
    const other = await openSession(await doubling(), { outputs: ['y'], threads: 1 });
    const last = other.run([field(4)]);
    await other.close();
    expect((await last)[0]?.y[0]).toBe(8);
    await expect(other.run([field(4)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says so when the provider or the network cannot be used', async () => {
    const onnx = await doubling();
    for (const provider of ['cuda', 'webgpu'] as const) {
      const opened = await openSession(onnx, { outputs: ['y'], provider }).catch((error: unknown) => error);
      if (!(opened instanceof DomainError)) continue;
      expect(opened.code).toBe('ENGINE_UNAVAILABLE');
      expect(opened.message).toContain(provider);
    }
    const broken = openSession(onnx.subarray(0, 40), { outputs: ['y'] });
    await expect(broken).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });
});

describe('a process that uses a session', () => {
  it('may run in any folder, and ends by itself when it forgets to close', async () => {
    const onnx = Buffer.from(await doubling()).toString('base64');
    const script = `
      import { openSession } from ${JSON.stringify(new URL('./session.ts', import.meta.url).href)};
      const session = await openSession(Buffer.from('${onnx}', 'base64'), { outputs: ['y'], threads: 1 });
      const [field] = await session.run([{ width: 2, height: 2, data: new Uint8Array(12).fill(21) }]);
      process.stdout.write(String(field.y[0]));`;
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = await execFile(process.execPath, args, { cwd: tmpdir(), timeout: 20_000 });
    expect(stdout).toBe('42');
  });
});

it('whose thread crashes rejects what waits and all that comes later, and closes all the same', async () => {
  const crashing = new URL('./crashing-worker.testing.ts', import.meta.url);
  const session = await openSession(new Uint8Array(1), { outputs: ['y'] }, crashing);
  await expect(session.run([field(254)])).rejects.toThrow('refused');
  expect((await session.run([field(7)]))[0]?.y[0]).toBe(7);
  expect(session.alive).toBe(true);
  const waiting = [session.run([field(255)]), session.run([field(8)])];
  for (const result of await Promise.allSettled(waiting))
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
  expect(session.alive).toBe(false);
  await expect(session.run([field(9)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(session.close()).resolves.toBeUndefined();
});
