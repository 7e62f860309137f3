import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export const SERVICE_TOKEN = 'token-of-the-system-tests';

const MAIN = join(import.meta.dirname, '..', '..', 'apps', 'inference', 'src', 'main.ts');

export interface InferenceProcess {
  readonly pid: number;
  /** Resolves with the address once HTTP is answered. */
  readonly url: Promise<string>;
  /** What it wrote on stderr so far. */
  log(): string;
  /** Resolves once a model answers. */
  ready(): Promise<void>;
  /** Sends the signal and resolves with the exit code (null: killed) once the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`The inference service ended with ${code} before it listened.`)),
    );
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said: unknown = JSON.parse(line);
      if (typeof said === 'object' && said !== null && 'url' in said) resolve(String(said.url));
    });
  });
}

/** A real inference service as a process of its own, on a free port; nothing of this process's environment leaks in. */
export function startInference(env: Record<string, string> = {}): InferenceProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { BLASTWISE_SERVICE_TOKEN: SERVICE_TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = announced(child);
  // Who kills the process early does not ask for its address.
  url.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    url,
    log: () => Buffer.concat(chunks).toString('utf8'),
    async ready() {
      const address = await url;
      while (!(await fetch(`${address}/readyz`)).ok) await pause(50);
    },
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}
