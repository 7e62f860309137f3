import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { supervise } from './supervise.ts';

const SOON = { timeout: 20_000, interval: 20 };
const run = (source: string, cwd = tmpdir()) => {
  const lines: string[] = [];
  const env = { PATH: process.execPath };
  const spec = { name: 'service', args: ['-e', source], cwd, env, log: (line: string) => lines.push(line) };
  return { service: supervise(spec), lines };
};

it('starts a service again that ends by itself, and no more once it is stopped', async () => {
  const { service, lines } = run("console.log('up'); setTimeout(() => process.exit(3), 50)");
  await vi.waitFor(() => expect(lines.filter((line) => line === 'up').length).toBeGreaterThan(1), SOON);
  expect(lines).toContain('service ended (3); starting it again');
  await service.stop();
  const told = lines.length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(lines.length).toBe(told);
});

it('goes on trying where a service cannot be started at all', async () => {
  const { service, lines } = run('', join(mkdtempSync(join(tmpdir(), 'blastwise-service-')), 'gone'));
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), SOON);
  expect(lines[0]).toMatch(/^service ended \(spawn .*ENOENT\); starting it again$/);
  await service.stop();
});

/** A supervisor of a service that does not heed SIGTERM, as one with open streams. */
const SUPERVISOR = `
import { supervise } from ${JSON.stringify(new URL('./supervise.ts', import.meta.url).href)};
const source = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log(process.pid)";
supervise({ name: 'service', args: ['-e', source], cwd: '.', env: {}, log: (line) => console.log(line) });
`;

/** A process that ended and that nobody collected yet (a zombie) counts as dead. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !(existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
  } catch {
    return false;
  }
}

it('leaves nothing behind when it is killed, not even what does not stop', { timeout: 60_000 }, async () => {
  const supervisor = spawn(process.execPath, ['--input-type=module', '-e', SUPERVISOR], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(supervisor.stdout, 'data');
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  supervisor.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 40_000, interval: 200 });
});
