import { appendFile, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadArtifact } from '@blastwise/model';
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
  const listed = await run(['models', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ ...added, stored: true }]);
});
