import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { accountOf, type Stack, THEMES, type Theme } from './stack.ts';
import { signIn, waitForResult } from './steps.ts';

const foundSchema = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullish(),
    nodes: z.array(z.object({ html: z.string() })),
  }),
);

/** Serious and critical violations on the page as it stands, each with the first element concerned. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  // What passes is not asked for: telling where each element stands is most of the work.
  const found = await page.evaluate(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return foundSchema
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** A page is ready once its title stands and nothing on it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.locator('[aria-busy=true], [data-skeleton]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
}

const themeOf = async (page: Page): Promise<Theme> =>
  (await page.evaluate("document.documentElement.classList.contains('dark')")) ? 'dark' : 'light';

/** Violations of a page in the theme that it stands in and, turned while it is open, in the other, which it keeps. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await settled(page);
  const now = await themeOf(page);
  const seen = (await violations(page)).map((each) => `${now}: ${each}`);
  for (const theme of THEMES.filter((each) => each !== now)) {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html.${theme}`).waitFor();
    await settled(page);
    seen.push(...(await violations(page)).map((each) => `${theme}: ${each}`));
  }
  return seen;
}

const ADMIN_PAGES = [
  '/cases',
  '/agreement',
  '/admin/costs',
  '/admin/models',
  '/admin/monitoring',
  '/admin/progress',
  '/admin/training',
  '/admin/users',
  '/admin/audit',
  '/help',
];

export function accessibility(stack: () => Stack): void {
  it('has no serious fault on any page in either theme', async () => {
    const found: Record<string, string[]> = {};
    const look = async (page: Page, name: string) => {
      found[name] = await violationsInBothThemes(page);
    };
    const reader = await stack().visitor();
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

    const admin = await stack().visitor();
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
  });
}
