// npm test: every check there is, one closing line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binDir, install, root, workspaceEnv } from './bootstrap.mjs';
import { ensureChromium } from './chromium.mjs';

install();
const chromium = ensureChromium();
const scratch = mkdtempSync(join(tmpdir(), 'blastwise-test-'));
const env = workspaceEnv({ ...(chromium ? { CHROMIUM_PATH: chromium } : {}), FORCE_COLOR: '0' });
const total = { passed: 0, failed: 0, skipped: 0 };

function step(name, command, args) {
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const result = spawnSync(join(binDir, command), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`== ${name}: ${result.status === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`);
  return result.status === 0;
}

function check(name, command, args) {
  total[step(name, command, args) ? 'passed' : 'failed'] += 1;
}

function vitest(name, args) {
  const report = join(scratch, `${name}.json`);
  const ok = step(`tests: ${name}`, 'vitest', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += counts.numPassedTests;
    total.failed += counts.numFailedTests;
    total.skipped += counts.numPendingTests + counts.numTodoTests;
    // A suite that breaks before its first test, or an unhandled error, fails no single test.
    if (!ok && counts.numFailedTests === 0) total.failed += 1;
  } catch {
    total.failed += 1;
  }
}

check('lint and formatting', 'biome', ['ci', '.']);
check('types', 'turbo', ['run', 'typecheck', 'typecheck:node', '--output-logs=errors-only']);
check('portal build', 'turbo', ['run', 'build', '--output-logs=errors-only']);
// By default one core would be left idle; with a file more than cores, the processes that give way to all others starve.
vitest('rooms', ['--project', '!system', '--maxWorkers=100%']);
vitest('system', ['--project', 'system']);

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
