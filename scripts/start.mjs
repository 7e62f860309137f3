// npm start: installs what is missing, then hands over to the workspace's own Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, root, workspaceEnv, workspaceNode } from './bootstrap.mjs';

install();
const main = join(root, 'apps', 'cli', 'src', 'main.ts');
const child = spawn(
  workspaceNode,
  ['--disable-warning=ExperimentalWarning', main, 'start', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: workspaceEnv(),
  },
);
// A terminal sends Ctrl-C to the whole group; a service manager signals this process alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
