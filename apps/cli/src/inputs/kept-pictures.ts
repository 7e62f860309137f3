import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageFingerprint, OnField } from '@blastwise/model';

/** A decoded field: what it is known by, and its image as the portal stores it. */
export interface KeptPicture {
  readonly fingerprint: ImageFingerprint;
  /** Of the PNG. */
  readonly sha256: string;
  readonly png: () => Promise<Uint8Array>;
}

/** Keeps what is decoded, by path: `keep` is told of each field while its pixels are there. */
export interface KeptPictures {
  readonly keep: OnField;
  readonly of: (path: string) => KeptPicture;
}

/** Pictures that are decoded once wait as PNG in a folder of their own, which is gone after `work`. */
export async function withKeptPictures<T>(work: (pictures: KeptPictures) => Promise<T>): Promise<T> {
  const { encodePng, sha256: digestOf } = await import('@blastwise/model');
  const folder = await mkdtemp(join(tmpdir(), 'blastwise-pictures-'));
  const pictures = new Map<string, KeptPicture>();
  try {
    return await work({
      async keep({ path, stage: _, file: __, ...fingerprint }, image) {
        const png = await encodePng(image);
        const sha256 = digestOf(png);
        const kept = join(folder, sha256);
        await writeFile(kept, png);
        pictures.set(path, { fingerprint, sha256, png: () => readFile(kept) });
      },
      of(path) {
        const picture = pictures.get(path);
        if (!picture) throw new Error(`${path} was not decoded.`);
        return picture;
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
