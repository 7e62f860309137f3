import { basename, extname, join } from 'node:path';
import { UsageError } from '../usage.ts';

/** Where the PNG of an image goes: `<folder>/<name without extension>.png`. */
export function pngFor(folder: string, image: string): string {
  return join(folder, `${basename(image, extname(image))}.png`);
}

/** Two images of one name would overwrite each other's PNG: refused before any work. */
export function requireDistinctNames(images: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const image of images) {
    const name = basename(pngFor('', image));
    const other = seen.get(name);
    if (other !== undefined)
      throw new UsageError(`${other} and ${image} would both be written to ${name}: rename one of them.`);
    seen.set(name, image);
  }
}
