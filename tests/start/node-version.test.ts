import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');
const bootstrap = pathToFileURL(join(scripts, 'bootstrap.mjs')).href;

/** What a Node that says to be of this version makes of a script. */
function runUnder(version: string, ...args: readonly string[]) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the Node that is there', () => {
  it.each([
    ['start.mjs', '18.20.8'],
    ['start.mjs', '20.8.1'],
    ['test.mjs', '20.8.1'],
  ])('%s refuses %s in one sentence, before anything is installed', (script, version) => {
    expect(runUnder(version, join(scripts, script))).toEqual({
      status: 1,
      stdout: '',
      stderr: `Blastwise needs Node 20.9 or newer, and this is ${version}: install a newer Node and try again.\n`,
    });
  });

  it.each(['20.9.0', '21.0.0', '24.1.0'])('takes %s', (version) => {
    const check = `import { requireNode } from '${bootstrap}'; requireNode();`;
    expect(runUnder(version, '--input-type=module', '--eval', check)).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });
});
