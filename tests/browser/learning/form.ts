import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Upload } from '../steps.ts';

/** Takes down whose progress was ever shown, also where it is gone a moment later. */
const WATCH_PROGRESS = `
  window.progressSeen = new Set();
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll('[role=progressbar]')) progressSeen.add(bar.getAttribute('aria-label'));
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
`;

/** What a file manager hands to the page. */
const dropped = (files: readonly Upload[]): string => {
  const encoded = files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') }));
  return `(() => {
    const dropped = new DataTransfer();
    for (const { name, mimeType, base64 } of ${JSON.stringify(encoded)})
      dropped.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mimeType }));
    return dropped;
  })()`;
};

/** Drops files on the form at once, sees each on its way and accepted, submits them as one case and gives its id. */
export async function dropAndSubmit(
  page: Page,
  pseudonym: string,
  files: readonly Upload[],
): Promise<string> {
  await page.goto('/submit');
  const zone = page.getByText('Drop fields here');
  await zone.waitFor();
  await page.evaluate(WATCH_PROGRESS);
  await zone.dispatchEvent('drop', { dataTransfer: await page.evaluateHandle(dropped(files)) });
  const submit = page.getByRole('button', { name: `Submit case with ${files.length} fields` });
  await submit.waitFor({ timeout: 300_000 });
  const seen = z.array(z.string()).parse(await page.evaluate('[...progressSeen]'));
  expect(seen).toEqual(expect.arrayContaining(files.map(({ name }) => `Uploading ${name}`)));
  await page.getByLabel('Patient pseudonym').fill(pseudonym);
  await submit.click();
  await page.waitForURL('**/cases/*');
  return z.uuid().parse(new URL(page.url()).pathname.split('/').at(-1));
}
