// Takes the pictures of docs/screenshots from a fresh product: `node tests/browser/take-screenshots.ts`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { takingScreenshots } from './env.ts';
import { take } from './screenshots.ts';
import { accountOf, startStack } from './stack.ts';
import { fieldFile, setBlindShare, signIn, submitCase, waitForResult } from './steps.ts';

const stack = await startStack();
try {
  await setBlindShare(stack, 0);
  const light = await stack.visitor();
  await signIn(light.page, accountOf(stack.demo, 'clinician'));
  await submitCase(light.page, 'ALL-2026-014', [await fieldFile('Early', 25), await fieldFile('Early', 26)]);
  await waitForResult(light.page);
  await light.page.locator('svg[data-mask]').waitFor({ state: 'attached' });
  await light.page.mouse.move(0, 0);
  await take(light.page, 'case');
  await light.page.goto('/cases');
  await light.page.getByRole('link', { name: 'DEMO-001' }).waitFor();
  await light.page.keyboard.press('j');
  await take(light.page, 'worklist');

  const dark = await stack.visitor({ theme: 'dark' });
  await signIn(dark.page, accountOf(stack.demo, 'clinician', 1));
  await dark.page.getByRole('link', { name: 'DEMO-002' }).click();
  await waitForResult(dark.page);
  await dark.page.locator('svg[data-mask]').waitFor({ state: 'attached' });
  await take(dark.page, 'case-dark');

  const admin = await stack.visitor();
  await signIn(admin.page, accountOf(stack.demo, 'admin'), '/admin/costs');
  await admin.page.getByRole('button', { name: 'Propose a version' }).click();
  await admin.page.getByLabel('Cost when truly Early, called Benign').fill('40');
  await admin.page.getByLabel('Cost when truly Pre, called Benign').fill('60');
  await admin.page.getByLabel('Cost when truly Pro, called Benign').fill('90');
  await admin.page.getByText(/unsettled decisions? would change/).waitFor();
  await take(admin.page, 'costs');
} finally {
  await stack.stop();
}

// The registry with a challenger that may be promoted: the learning journey comes by it.
const root = join(import.meta.dirname, '..', '..');
const journey = ['run', '--root', 'tests', 'browser/learning.test.ts'];
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'vitest'), journey, {
  cwd: root,
  env: takingScreenshots,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
