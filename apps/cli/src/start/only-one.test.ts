import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdDataFolder } from './only-one.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'blastwise-hold-'));

/** Holds a folder in a process of its own, says so and then stays. */
const HOLDER = `
import { holdDataFolder } from ${JSON.stringify(new URL('./only-one.ts', import.meta.url).href)};
holdDataFolder(process.argv[1]);
process.stdout.write('held');
setInterval(() => undefined, 1000);
`;

it('refuses a second holder of one folder in one sentence, by whichever path, and lets it in after release', () => {
  const folder = newFolder();
  const other = `${folder}-linked`;
  symlinkSync(folder, other);
  const release = holdDataFolder(folder);
  for (const path of [folder, other])
    expect(() => holdDataFolder(path)).toThrow(/^Blastwise is already running on .+: stop that one first\.$/);
  release();
  holdDataFolder(other)();
});

it('holds different folders side by side', () => {
  const releases = [newFolder(), newFolder()].map(holdDataFolder);
  for (const release of releases) release();
});

it('refuses what another process holds, until that one is killed', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
    // The place of the lock is the folder, not the temporary folder of whoever starts.
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  expect(() => holdDataFolder(folder)).toThrow(/already running/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  holdDataFolder(folder)();
});
