import { appendFile, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadArtifact, lockedTestOf } from '@blastwise/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const run = (args: readonly string[]) =>
  runCli(args, { cwd: root, env: { BLASTWISE_DATA_DIR: join(root, 'installation'), DATABASE_URL: '' } });

it('a model is checked, stored and registered, once', { timeout: 180_000 }, async () => {
  await cp(join(root, 'model'), join(root, 'damaged'), { recursive: true });
  await appendFile(join(root, 'damaged', 'weights.safetensors'), '!');
  expect(await run(['models', 'add', 'damaged'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('is not the file that was saved'),
  });
  expect(await run(['models', 'add', 'nowhere'])).toMatchObject({ status: 2 });
  expect((await run(['models', 'list'])).stderr).toMatch(/never been started/);

  const account = ['--email', 'ada@hospital.example', '--name', 'Ada'];
  await runCli(['admin', 'create', ...account], {
    cwd: root,
    stdin: 'correct horse battery staple\n',
    env: { BLASTWISE_DATA_DIR: join(root, 'installation'), DATABASE_URL: '' },
  });
  const { digest } = await loadArtifact(join(root, 'model'));
  const added = { digest, name: 'untrained', state: 'challenger' };
  for (let times = 0; times < 2; times++) {
    const outcome = await run(['models', 'add', 'model', '--json']);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toEqual(added);
  }
  expect((await loadArtifact(join(root, 'installation', 'models', digest))).digest).toBe(digest);

  const locked = await run(['models', 'lock', 'model', '--data', 'data', '--json']);
  expect(locked).toMatchObject({ status: 2, stderr: expect.stringContaining('no split of its own') });
  const split = await run([
    'dataset',
    'split',
    'data',
    '--strategy',
    'random',
    '--out',
    'split.json',
    '--json',
  ]);
  expect(split.status).toBe(0);
  const lock = [
    'models',
    'lock',
    'model',
    '--data',
    'data',
    '--split',
    'split.json',
    '--side',
    'train',
    '--json',
  ];
  const attached = JSON.parse((await run(lock)).stdout);
  expect(attached.fields).toBeGreaterThan(0);
  const artifact = await loadArtifact(join(root, 'model'));
  expect(artifact.digest).toBe(digest);
  expect(lockedTestOf(artifact)).toMatchObject({ contentSha256: attached.contentSha256 });

  const opened = await run([
    'models',
    'test-set',
    'add',
    'data',
    '--name',
    'Held back',
    '--budget',
    '3',
    '--json',
  ]);
  expect(JSON.parse(opened.stdout)).toMatchObject({ name: 'Held back', fields: 12, budget: 3, used: 0 });
  const listed = await run(['models', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ ...added, stored: true }]);
});
