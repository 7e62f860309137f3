import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emailSchema, roleSchema } from '@blastwise/contracts';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');

const demoSchema = z.object({
  url: z.url(),
  accounts: z.array(
    z.object({ email: emailSchema, password: z.string(), name: z.string(), role: roleSchema }),
  ),
});
export type Demo = z.infer<typeof demoSchema>;

export interface Product {
  readonly process: ChildProcess;
  readonly url: string;
  readonly dataDir: string;
  readonly demo: Demo;
  /** Ctrl-C, as a user would; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'blastwise-data-'));
}

export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** `npm start`, without npm in between, on a data folder of the test's own and, unless told otherwise, its own PostgreSQL. */
export function runStart(
  dataDir: string,
  args: readonly string[],
  databaseUrl = '',
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
    cwd: root,
    detached: true,
    env: { ...process.env, ...env, BLASTWISE_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

/** Ctrl-C. */
export function interrupt(child: ChildProcess): Promise<number | null> {
  const gone = exitOf(child);
  if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  return gone;
}

/** Everything that a process prints until it ends. */
export async function outputOf(
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    text.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text.stderr += chunk.toString();
  });
  return { code: await exitOf(child), ...text };
}

/** What the Ready line says; all that comes after it is let go. */
export async function readyUrl(child: ChildProcess): Promise<string> {
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Ready: (https?:\/\/\S+)$/.exec(line)?.[1];
      if (url) {
        child.stdout.resume();
        return url;
      }
    }
  }
  throw new Error(`npm start ended before it was ready:\n${errors.join('')}`);
}

/** Starts the whole product and waits for its Ready line. */
export async function startProduct(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const port = args.includes('--port') ? [] : ['--port', String(await freePort())];
  const child = runStart(dataDir, [...port, ...args], '', env);
  const url = await readyUrl(child);
  return {
    process: child,
    url,
    dataDir,
    demo: demoSchema.parse(JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))),
    stop: () => interrupt(child),
  };
}
