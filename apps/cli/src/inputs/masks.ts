import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
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

/** Names a file whichever path, link or spelling leads to it; null where there is none. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found && `${found.dev}:${found.ino}`;
}

/** A PNG that lands on one of the images given would destroy it: refused before any work. */
export async function requireInputsKept(
  images: readonly string[],
  folders: readonly string[],
): Promise<void> {
  const inputs = new Set<string>();
  for (const image of images) {
    const identity = await identityOf(resolve(image));
    if (identity) inputs.add(identity);
  }
  for (const folder of folders)
    for (const image of images) {
      const out = pngFor(folder, image);
      const identity = await identityOf(out);
      if (identity && inputs.has(identity))
        throw new UsageError(`${out} is one of the images given: name another folder.`);
    }
}
