import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface ServiceSpec {
  name: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Takes every line that the service prints. */
  log: (line: string) => void;
}

export interface Service {
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 10_000;
const preload = pathToFileURL(join(import.meta.dirname, 'exit-with-parent.mjs')).href;

function launch({ args, cwd, env, log }: ServiceSpec): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', preload, ...args],
    // Its own process group: Ctrl-C reaches the supervisor alone, which stops the services in order.
    { cwd, env, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', log);
  }
  return child;
}

/** Keeps one service running: started again, a little later each time, whenever it ends by itself. */
export function supervise(spec: ServiceSpec): Service {
  let stopping = false;
  let child = launch(spec);
  let failures = 0;
  const watch = () => {
    const since = Date.now();
    const again = async (how: string) => {
      if (stopping) return;
      failures = Date.now() - since > 60_000 ? 0 : failures + 1;
      spec.log(`${spec.name} ended (${how}); starting it again`);
      await sleep(Math.min(250 * 2 ** failures, 10_000));
      if (stopping) return;
      child = launch(spec);
      watch();
    };
    child.once('exit', (code, signal) => again(String(signal ?? code)));
    // Processes or memory are short, which may pass; of a process that runs, a signal did not reach it.
    child.on('error', (error) => {
      if (child.pid === undefined) void again(error.message);
    });
  };
  watch();
  return {
    async stop() {
      stopping = true;
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(late);
    },
  };
}
