import { DEMO_PREFIX } from '@blastwise/contracts';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, isFocused, signIn, submitByForm, textOf, waitForResult } from './steps.ts';

/** Sum of the layout shifts that nobody's hand has caused, as the browser measures them (0: nothing has moved). */
const SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 300);
})`;

/** What stands cut off in the bars above the field. */
const CUT_OFF = `[...document.querySelectorAll('[role=radiogroup][aria-label=Mask], [role=radiogroup][aria-label=Heatmap]')]
  .flatMap(({ parentElement: bar }) => [bar, ...bar.querySelectorAll('*')])
  .filter((each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX !== 'visible')
  .map((each) => each.textContent)`;

export function evidence(stack: () => Stack): void {
  it('shows why: heatmap, cells one by one, nuclei, how far to trust it; nothing moves meanwhile', async () => {
    const { page, context, requests, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    await submitByForm(page, 'EVIDENCE-1', [await fieldFile('Early', 981)]);
    await waitForResult(page);
    await page.getByRole('heading', { name: 'How far to trust it' }).waitFor();
    await page
      .getByText(/^Calibrated: of fields given .+: Benign [\d.]+ %, Early [\d.]+ %, Pre .+ %\.$/)
      .waitFor();

    const heatmap = page.getByRole('radiogroup', { name: 'Heatmap' });
    await heatmap.waitFor();
    await page.keyboard.press('h');
    await page.locator('[data-heat=shown]').waitFor({ state: 'attached' });
    await heatmap.getByRole('radio', { name: 'Pro' }).click();
    await page.locator('[data-heat=shown]').waitFor({ state: 'attached' });
    expect(requests.filter((url) => /\/heatmap\/Pro\?/.test(url))).toHaveLength(1);
    await heatmap.getByRole('radio', { name: 'Off' }).click();
    await page.locator('[data-heat]').waitFor({ state: 'detached' });

    const list = page.getByRole('list', { name: 'White cells' });
    const [first, second] = [list.getByRole('button').first(), list.getByRole('button').nth(1)];
    await first.focus();
    const card = page.getByTestId('cell-card');
    await card.getByText('Cell 1', { exact: true }).waitFor();
    expect(await textOf(card)).toMatch(/Speaks (for|against)|Says little/);
    await page.keyboard.press('Tab');
    await card.getByText('Cell 2', { exact: true }).waitFor();
    expect(await isFocused(second)).toBe(true);
    await second.blur();
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('b');
    const boxes = page.locator('svg[data-cells=shown]');
    await boxes.waitFor({ state: 'attached' });
    await boxes.locator('rect').nth(1).hover();
    await card.getByText('Cell 1', { exact: true }).waitFor();
    await page.keyboard.press('b');

    expect(await page.evaluate(SHIFT)).toBeLessThan(0.02);
    // The narrowest that reading beside the result is made for.
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => page.evaluate(CUT_OFF)).toEqual([]);
    expect(faults).toEqual([]);

    await context.close();
  });

  it('finds the images unlike what the model learned from among all, in any order', async () => {
    const { page, context, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    const rows = page
      .getByRole('table', { name: 'Cases' })
      .getByRole('row')
      .filter({ has: page.getByRole('link') });
    const unfamiliar = rows.filter({ hasText: 'Unlike the smears the model learned from' });
    const named = (some: Locator) => some.getByRole('link').allTextContents();
    const choose = async (box: string, option: RegExp) => {
      await page.getByRole('combobox', { name: box }).click();
      await page.getByRole('option', { name: option }).click();
    };

    await page.getByLabel('Search by pseudonym').fill(DEMO_PREFIX);
    // Drawn fields in the look of the smears, and last the photographs of another hospital.
    await expect.poll(() => rows.count()).toBe(5);
    await unfamiliar.filter({ hasText: `${DEMO_PREFIX}005` }).waitFor();
    const flagged = await named(unfamiliar);
    expect(flagged.length).toBeLessThan(5);

    await choose('Finding', /^Unfamiliar image/);
    await expect.poll(() => named(rows)).toEqual(flagged);
    await choose('Sort', /^Most open first/);
    await expect.poll(async () => (await named(rows)).toSorted()).toEqual(flagged.toSorted());
    await choose('Finding', /^Any finding/);
    await expect.poll(() => rows.count()).toBe(5);
    expect(faults).toEqual([]);
    await context.close();
  });
}
