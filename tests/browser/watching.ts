import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import { fieldFile, setBlindShare, signIn, submitCase, waitForResult } from './steps.ts';

export function watching(stack: () => Stack): void {
  it('says how far the reference is, and alarms of nothing', async () => {
    const { page, context, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'admin'), '/admin/monitoring');
    await page.getByText(/^Reference: \d+ of the first 40 analysed cases\.$/).waitFor();
    await page.getByText('No alarm so far.').waitFor();
    expect(await page.getByText('too few patients').count()).toBe(12);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('hides the AI of a case in blind review until the reader has read it, and counts it then (R13)', async () => {
    await setBlindShare(stack(), 100);
    const { page, context, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    await submitCase(page, 'BLIND-1', [await fieldFile('Early', 981)]);
    await setBlindShare(stack(), 0);
    await page.getByText('What the model says appears once you have recorded your reading.').waitFor();
    expect(await page.locator('svg[data-mask]').count()).toBe(0);
    await page.keyboard.press('2');
    await page.getByRole('radio', { name: 'Sure', exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await waitForResult(page);
    await page.goto('/cases');
    await page.getByRole('link', { name: 'BLIND-1' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();

    const admin = await stack().visitor();
    await signIn(admin.page, accountOf(stack().demo, 'admin'), '/admin/progress');
    await admin.page.getByText(/Too few: 1 case of 1 patient read in blind review/).waitFor();
    await admin.context.close();
  });
}
