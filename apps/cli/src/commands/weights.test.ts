import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-weights-cli-'));
  await writeFile(join(root, 'text.h5'), 'these are no weights');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const run = (args: readonly string[]) =>
  runCli(['weights', ...args], { cwd: root, env: { BLASTWISE_DATA_DIR: join(root, 'data') } });

describe('weights', () => {
  it.each([
    [
      'a missing file',
      ['import', 'none.h5', '--architecture', 'vgg16'],
      2,
      /^There is no file .*none\.h5\.\n$/,
    ],
    ['no architecture', ['import', 'text.h5'], 2, /--architecture/],
    ['an unknown architecture', ['import', 'text.h5', '--architecture', 'resnet'], 2, /Allowed choices/],
    [
      'a file of another kind',
      ['import', 'text.h5', '--architecture', 'vgg16'],
      1,
      /^\S+ is no HDF5 file: .*\n$/,
    ],
    [
      'an output that exists',
      ['import', 'text.h5', '--architecture', 'vgg16', '--out', 'text.h5'],
      2,
      /--force/,
    ],
    ['no such mirror', ['fetch', 'vgg16', '--from', 'ftp://x'], 2, /http/],
    [
      'no network',
      ['fetch', 'vgg16', '--from', 'http://127.0.0.1:1'],
      1,
      /^127\.0\.0\.1:1 cannot be reached: .*\n$/,
    ],
  ])('refuses %s in one sentence and writes nothing', async (_, args, status, why) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(why) });
    expect(await readdir(join(root, 'data', 'weights')).catch(() => [])).toEqual([]);
  });
});
