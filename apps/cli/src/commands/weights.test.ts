import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-weights-cli-'));
  await writeFile(join(root, 'text.h5'), 'these are no weights');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('weights', () => {
  it.each([
    [
      'a missing file',
      runHere,
      ['import', 'none.h5', '--architecture', 'vgg16'],
      2,
      /^There is no file .*none\.h5\.\n$/,
    ],
    ['no architecture', runHere, ['import', 'text.h5'], 2, /--architecture/],
    [
      'an unknown architecture',
      runHere,
      ['import', 'text.h5', '--architecture', 'resnet'],
      2,
      /Allowed choices/,
    ],
    [
      'a file of another kind',
      runCli,
      ['import', 'text.h5', '--architecture', 'vgg16'],
      1,
      /^\S+ is no HDF5 file: .*\n$/,
    ],
    [
      'an output that exists',
      runHere,
      ['import', 'text.h5', '--architecture', 'vgg16', '--out', 'text.h5'],
      2,
      /--force/,
    ],
    ['no such mirror', runHere, ['fetch', 'vgg16', '--from', 'ftp://x'], 2, /http/],
    [
      'no network',
      runHere,
      ['fetch', 'vgg16', '--from', 'http://127.0.0.1:1'],
      1,
      /^127\.0\.0\.1:1 cannot be reached: .*\n$/,
    ],
  ])('refuses %s in one sentence and writes nothing', async (_, run, args, status, why) => {
    const env = { BLASTWISE_DATA_DIR: join(root, 'data') };
    const outcome = await run(['weights', ...args], { cwd: root, env });
    expect(outcome).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(why) });
    expect(await readdir(join(root, 'data', 'weights')).catch(() => [])).toEqual([]);
  });
});
