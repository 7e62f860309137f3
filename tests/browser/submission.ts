import { expect, it } from 'vitest';
import { accountOf, type Stack } from './stack.ts';
import {
  fieldFile,
  photographFile,
  shownDecision,
  shownProbabilities,
  signIn,
  submitCase,
  textFile,
  textOf,
  waitForResult,
} from './steps.ts';

export function submission(stack: () => Stack): void {
  it('refuses what is no image with the reason, takes the rest, and shows the result live', async () => {
    const { page, context, requests, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    const colleague = await stack().visitor();
    await signIn(colleague.page, accountOf(stack().demo, 'clinician', 1));
    await colleague.page.getByRole('table', { name: 'Cases' }).waitFor();

    await page.goto('/submit');
    await page
      .getByLabel('Choose fields')
      .setInputFiles([await fieldFile('Early', 901), textFile, await fieldFile('Early', 902)]);
    const files = page.getByRole('list', { name: 'Chosen fields' });
    await files
      .getByRole('listitem')
      .filter({ hasText: 'letter.jpg' })
      .getByText(/not an image/i)
      .waitFor();
    await page.getByLabel('Patient pseudonym').fill('CANARY-901');
    await page.getByRole('button', { name: 'Submit case with 2 fields' }).click();
    await page.waitForURL('**/cases/*');

    // Nothing is reloaded from here on: the result arrives by itself.
    await waitForResult(page);
    const sum = (await shownProbabilities(page)).reduce((a, b) => a + b, 0);
    expect(Math.abs(sum - 100)).toBeLessThan(0.5);
    await page.locator('svg[data-mask=outline] path').first().waitFor({ state: 'attached' });
    await page.getByText(/^\d+ white cells?$/).waitFor();
    await page.getByText('field-224-v2').waitFor();
    await colleague.page.getByRole('link', { name: 'CANARY-901' }).waitFor();

    // The pseudonym went by POST only, and nothing was fetched from elsewhere.
    expect([...requests, ...colleague.requests].filter((url) => url.includes('CANARY'))).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(stack().url) && !/^(blob|data):/.test(url))).toEqual([]);
    expect(faults).toEqual([]);
    await colleague.context.close();
    await context.close();
  });

  it('takes a photographed field and answers it', async () => {
    const { page, context, faults } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    await page.goto('/submit');
    await page.getByLabel('Choose fields').setInputFiles(photographFile('bccd-00176.jpg'));
    // The demo has it among its cases.
    await page.getByRole('link', { name: 'open that case' }).waitFor();
    await page.getByLabel('Patient pseudonym').fill('PHOTOGRAPH-1');
    await page.getByRole('button', { name: /Submit case with/ }).click();
    await page.waitForURL('**/cases/*');
    await waitForResult(page);
    const sum = (await shownProbabilities(page)).reduce((a, b) => a + b, 0);
    expect(Math.abs(sum - 100)).toBeLessThan(0.5);
    await page.locator('svg[data-mask=outline] path').first().waitFor({ state: 'attached' });
    await page.getByText(/^[1-9]\d* white cells?$/).waitFor();
    // Healthy blood from another laboratory: the model says so and leaves it to the reader.
    await page.getByText('Unlike the smears the model learned from').waitFor();
    expect(await shownDecision(page)).toMatch(/^Deferred/);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('warns of a picture that was submitted before, and links to it', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician', 1));
    const first = await submitCase(page, 'TWICE-1', [await fieldFile('Pre', 911)]);
    await page.goto('/submit');
    await page.getByLabel('Choose fields').setInputFiles(await fieldFile('Pre', 911));
    const link = page.getByRole('link', { name: 'open that case' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(first);
    await context.close();
  });

  it('switches, tints, zooms and moves the mask', async () => {
    const { page, context } = await stack().visitor();
    await signIn(page, accountOf(stack().demo, 'clinician'));
    await submitCase(page, 'VIEWER-1', [await fieldFile('Pro', 921)]);
    await waitForResult(page);
    const outline = page.locator('svg[data-mask=outline]');
    await outline.waitFor({ state: 'attached' });
    await page.keyboard.press('o');
    await page.locator('svg[data-mask=fill]').waitFor({ state: 'attached' });
    await page.getByRole('slider', { name: 'Opacity of the mask' }).fill('30');
    await page.locator('svg[data-mask=fill][style*="opacity: 0.3;"]').waitFor({ state: 'attached' });
    await page.keyboard.press('m');
    await page.locator('svg[data-mask]').waitFor({ state: 'detached' });
    await page.keyboard.press('m');
    await page.locator('svg[data-mask=fill]').waitFor({ state: 'attached' });
    const scale = page.getByRole('status', { name: 'Scale' });
    const fitted = await textOf(scale);
    await page.keyboard.press('+');
    expect(Number.parseInt(await textOf(scale), 10)).toBeGreaterThan(Number.parseInt(fitted, 10));
    const frame = page.getByRole('application', { name: /^Field 1 of 1/ });
    const top = async () => (await frame.getByRole('img').boundingBox())?.y ?? Number.NaN;
    const before = await top();
    await frame.press('ArrowDown');
    await expect.poll(top).toBeLessThan(before);
    await page.keyboard.press('0');
    expect(await textOf(scale)).toBe(fitted);

    await frame.hover();
    await page.mouse.wheel(0, -400);
    await page.getByText(/^x +\d+ {2}y +\d+$/).waitFor();
    expect(Number.parseInt(await textOf(scale), 10)).toBeGreaterThan(Number.parseInt(fitted, 10));
    await frame.dblclick();
    expect(await textOf(scale)).toBe(fitted);
    await context.close();
  });
}
