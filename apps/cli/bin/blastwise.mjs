#!/usr/bin/env node
// Plain JavaScript for any Node >= 20.9: hands the command line over to the workspace's own Node.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(cli, '..', '..', 'node_modules');
const workspaceNode = join(modules, 'node', 'bin', 'node');

if (!existsSync(workspaceNode) || !existsSync(join(cli, 'node_modules'))) {
  process.stderr.write('Blastwise is not installed yet: run `npm start` or `npm test` once in its folder.\n');
  process.exit(1);
}

const main = join(cli, 'src', 'main.ts');
const child = spawn(
  workspaceNode,
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    // What was compiled for an earlier command is not compiled again.
    // biome-ignore lint/style/noProcessEnv: a child process needs the caller's environment.
    env: { NODE_COMPILE_CACHE: join(modules, '.cache', 'node'), ...process.env },
  },
);
// A terminal sends Ctrl-C to the whole group; a service manager signals this process alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', () => {
  process.stderr.write(
    'The Node of the workspace cannot be started: delete node_modules and run `npm start`.\n',
  );
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (code !== null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
