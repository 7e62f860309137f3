import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

/** Keeps what a page shows as a picture of the documentation. */
export async function take(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(800);
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 92, compressionLevel: 9 })
    .toFile(join(FOLDER, `${name}.png`));
}
