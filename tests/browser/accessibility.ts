import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { signIn, waitForResult } from './steps.ts';

/** Serious and critical violations on the page as it stands, each with the first element concerned. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** A page is ready once its title stands and nothing on it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
}

const ADMIN_PAGES = [
  '/cases',
  '/agreement',
  '/admin/costs',
  '/admin/models',
  '/admin/monitoring',
  '/admin/progress',
  '/admin/users',
  '/admin/audit',
  '/help',
];

export function accessibility(stack: () => Stack): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious fault on any page in the ${theme} theme`, async () => {
      const found: Record<string, string[]> = {};
      const reader = await stack().visitor({ theme });
      const look = async (page: Page, name: string) => {
        await settled(page);
        found[name] = await violations(page);
      };
      await reader.page.goto('/sign-in');
      await look(reader.page, '/sign-in');
      await signIn(reader.page, accountOf(stack().demo, 'clinician'));
      await look(reader.page, 'worklist');
      await reader.page.getByRole('link', { name: 'DEMO-001' }).click();
      await waitForResult(reader.page);
      await look(reader.page, 'case');
      for (const key of ['h', 'b', 'n']) await reader.page.keyboard.press(key);
      await look(reader.page, 'case with every layer');
      await reader.page.keyboard.press('?');
      await reader.page.getByRole('dialog').waitFor();
      await look(reader.page, 'shortcuts');
      await reader.page.goto('/submit');
      await look(reader.page, '/submit');
      await reader.page.goto('/nowhere');
      await look(reader.page, 'not found');

      const admin = await stack().visitor({ theme });
      await signIn(admin.page, accountOf(stack().demo, 'admin'));
      for (const path of ADMIN_PAGES) {
        await admin.page.goto(path);
        await look(admin.page, path);
      }
      await admin.page.goto('/admin/models');
      for (const [tab, shown] of [
        ['Compare two', 'There is only one model'],
        ['Over time', 'Nothing was judged yet'],
      ] as const) {
        await admin.page.getByRole('tab', { name: tab }).click();
        await admin.page.getByRole('heading', { name: shown }).waitFor();
        await look(admin.page, `/admin/models, ${tab}`);
      }
      await admin.page.goto('/admin/costs');
      await admin.page.getByRole('button', { name: 'Propose a version' }).click();
      await admin.page
        .getByText(/unsettled/)
        .last()
        .waitFor();
      await look(admin.page, 'proposal');

      expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
      await reader.context.close();
      await admin.context.close();
    }, 360_000);
  }
}
