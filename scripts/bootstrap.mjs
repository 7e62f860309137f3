// Plain JavaScript for any Node >= 20.9: brings the workspace to life before its own Node takes over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const binDir = join(root, 'node_modules', '.bin');
export const workspaceNode = join(root, 'node_modules', 'node', 'bin', 'node');

const PNPM = 'pnpm@12.21.0';
const stamp = join(root, 'node_modules', '.blastwise-installed');

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    fail(
      `Blastwise needs Node 20.9 or newer, and this is ${process.versions.node}: install a newer Node and try again.`,
    );
  }
}

function lockDigest() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Installs the locked dependencies unless they are in place already. */
export function install() {
  requireNode();
  const digest = lockDigest();
  if (existsSync(stamp) && existsSync(workspaceNode) && readFileSync(stamp, 'utf8') === digest) return;
  process.stderr.write('Installing the dependencies (about half a minute, once)…\n');
  const result = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true' },
  });
  if (result.status !== 0 || !existsSync(workspaceNode)) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n`);
    fail(
      'The dependencies could not be installed: see the messages above, check the connection to the npm registry and that this folder is writable, and try again.',
    );
  }
  writeFileSync(stamp, digest);
}

/** The environment in which the workspace's own Node and tools come first. */
export function workspaceEnv(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: `${dirname(workspaceNode)}${separator}${binDir}${separator}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    ...extra,
  };
}
