import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled, violations } from './accessibility.ts';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, signIn, submitCase, textOf, waitForResult } from './steps.ts';

/** Pixels of the mask under the brush, as the canvas shows them. */
const drawnPixels = (page: Page): Promise<number> =>
  page.locator('[data-edit=mask] canvas').evaluate((element) => {
    const canvas = element as unknown as {
      width: number;
      height: number;
      getContext(kind: '2d'): { getImageData(...at: number[]): { data: Uint8ClampedArray } };
    };
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });

const status = (page: Page) => page.getByRole('toolbar', { name: 'Correct the mask' }).getByRole('status');

/** A line across the field, given as shares of its shown width and height. */
async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.locator('[data-edit=mask] canvas').boundingBox();
  if (!box) throw new Error('Nothing to draw on.');
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}

export function masks(stack: () => Stack): void {
  it('draws, undoes, keeps what is unsaved, records it, and shows it after a reload beside the model’s', async () => {
    const { page, context, faults, requests } = await stack().visitor();
    const reader = accountOf(stack().demo, 'clinician');
    await signIn(page, reader);
    const path = await submitCase(page, 'MASK-1', [await fieldFile('Early', 991)]);
    await waitForResult(page);

    await page.keyboard.press('e');
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    await page.keyboard.press('o');
    await page.locator('[data-edit=mask][data-edit-state=ready]').waitFor();
    expect(await textOf(status(page))).toBe('No change yet');
    const before = await drawnPixels(page);
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('.');
    await page.keyboard.press('+');
    await drag(page, [0.3, 0.5], [0.7, 0.5]);
    await status(page).getByText('1 change, not recorded yet').waitFor();
    const brushed = await drawnPixels(page);
    expect(brushed).toBeGreaterThan(before);
    await page.keyboard.press('x');
    await drag(page, [0.4, 0.5], [0.6, 0.5]);
    await status(page).getByText('2 changes, not recorded yet').waitFor();
    await expect.poll(() => drawnPixels(page)).toBeLessThan(brushed);
    await page.keyboard.press('Control+z');
    await status(page).getByText('1 change, not recorded yet').waitFor();
    await expect.poll(() => drawnPixels(page)).toBe(brushed);
    await page.keyboard.press('r');
    await status(page).getByText('2 changes, not recorded yet').waitFor();
    await page.keyboard.press('u');
    await settled(page);
    expect(await violations(page)).toEqual([]);

    await page.reload();
    await waitForResult(page);
    const form = page.getByRole('region', { name: 'Your reading' });
    await form.getByText('Mask corrected, not recorded yet').waitFor();
    await page.locator('[data-edit=mask][data-edit-state=ready]').waitFor({ state: 'attached' });
    await expect.poll(() => drawnPixels(page)).toBe(brushed);

    await form
      .getByRole('button', { name: 'Keep the stage as it stands' })
      .or(form.getByText('Goes with'))
      .waitFor();
    const keep = form.getByRole('button', { name: 'Keep the stage as it stands' });
    if (await keep.isVisible()) await keep.click();
    else await page.keyboard.press('2');
    await form.getByRole('radio', { name: 'Sure', exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await form.getByText('Latest reading').waitFor();

    await page.reload();
    await waitForResult(page);
    await page.getByText(`Mask as corrected by ${reader.name}`).waitFor();
    await page.locator('svg[data-mask]').waitFor({ state: 'attached' });
    const corrected = requests.filter((url) => /\/api\/readings\/[^/]+\/mask$/.test(url));
    expect(corrected.length).toBeGreaterThan(0);
    expect(await page.locator('[data-edit]').count()).toBe(0);
    await page.keyboard.press('v');
    await page.getByText(/^\d+ white cells?$/).waitFor();
    await page.keyboard.press('v');
    await page.getByText(`Mask as corrected by ${reader.name}`).waitFor();

    // Another reader sees it as well, and who drew it.
    const other = await stack().visitor({ theme: 'dark' });
    await signIn(other.page, accountOf(stack().demo, 'clinician', 1), path);
    await waitForResult(other.page);
    await other.page.getByText(`Mask as corrected by ${reader.name}`).waitFor();
    const shown = other.page.getByRole('button', { name: 'Mask corrected' });
    await shown.click();
    expect(await shown.getAttribute('aria-pressed')).toBe('true');
    await settled(other.page);
    expect(await violations(other.page)).toEqual([]);
    expect([...faults, ...other.faults]).toEqual([]);
    await context.close();
    await other.context.close();
  });
}
