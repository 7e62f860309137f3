import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

it('draws the same fields for the same seed, and replaces only its own', async () => {
  const root = await mkdtemp(join(tmpdir(), 'blastwise-generate-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const draw = (args: readonly string[], run = runHere) =>
    run(['dataset', 'generate', ...args, '--per-stage', '2', '--json'], { cwd: root });
  for (const [name, run] of [
    ['a', runCli],
    ['b', runHere],
  ] as const) {
    const drawn = await draw([name], run);
    expect(drawn).toMatchObject({ status: 0, stderr: `For ${RESEARCH_NOTICE}.\n` });
    expect(JSON.parse(drawn.stdout)).toMatchObject({ fields: 8, perStage: 2, seed: 1 });
  }
  expect((await readdir(join(root, 'a'))).sort()).toEqual([...MATURITY_STAGES, 'generated.json']);
  const field = (name: string) => readFile(join(root, name, 'Pro', 'pro-002.png'));
  expect((await field('a')).equals(await field('b'))).toBe(true);
  expect(await draw(['a'])).toMatchObject({ status: 2, stdout: '' });
  expect(await draw(['a', '--force', '--seed', '2'])).toMatchObject({ status: 0 });
  expect((await field('a')).equals(await field('b'))).toBe(false);
  await rm(join(root, 'b', 'generated.json'));
  expect(await draw(['b', '--force'])).toMatchObject({ status: 2 });
});
