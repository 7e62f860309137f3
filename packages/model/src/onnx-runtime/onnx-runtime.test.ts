import { execFile as execFileWithCallback } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportModel } from '../export/index.ts';

const execFile = promisify(execFileWithCallback);

const SCRIPT = `
const { openSession } = await import(process.env.SESSION);
const { readFile } = await import('node:fs/promises');
const session = await openSession(await readFile(process.env.ONNX), { outputs: ['y'], threads: 1 });
const [field] = await session.run([{ width: 1, height: 1, data: new Uint8Array([1, 2, 3]) }]);
process.stdout.write(field.y.join());
await session.close();
`;

describe('ONNX Runtime', () => {
  let home: string;
  let onnx: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'blastwise-home-'));
    onnx = join(await mkdtemp(join(tmpdir(), 'blastwise-onnx-')), 'doubling.onnx');
    await selectEngine('wasm');
    const image = tf.input({ shape: [1, 1, 3], name: 'image' });
    const outputs = tf.layers.add().apply([image, image]) as tf.SymbolicTensor;
    const bytes = await exportModel(tf.model({ inputs: image, outputs }), {
      outputs: ['y'],
      weights: new Map(),
    });
    await writeFile(onnx, bytes);
  });
  afterAll(async () => {
    for (const folder of [home, join(onnx, '..')]) await rm(folder, { recursive: true });
  });

  it('keeps no record of what it was called with, however many files were named', async () => {
    const files = Array.from({ length: 1000 }, (_, i) => `fields/of-a-patient-${i}.png`);
    const { ORT_DISABLE_TELEMETRY: _, ...inherited } = process.env;
    const { stdout } = await execFile(
      process.execPath,
      ['--input-type=module', '--eval', SCRIPT, '--', ...files],
      {
        env: {
          ...inherited,
          HOME: home,
          XDG_CACHE_HOME: join(home, '.cache'),
          ONNX: onnx,
          SESSION: new URL('../serving/session.ts', import.meta.url).href,
        },
      },
    );
    expect(stdout).toBe('2,4,6');
    expect(await readdir(home)).toEqual([]);
  });
});
