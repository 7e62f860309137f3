import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DIGEST_KINDS, type Digest } from './published.ts';

export type FileDigests = Readonly<Record<Digest['kind'], string>>;

/** Digests of a file of any size. */
export async function digestsOf(file: string): Promise<FileDigests> {
  const hashes = DIGEST_KINDS.map((kind) => ({ kind, hash: createHash(kind) }));
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    for (const { hash } of hashes) hash.update(chunk as Buffer);
  return Object.fromEntries(hashes.map(({ kind, hash }) => [kind, hash.digest('hex')])) as FileDigests;
}

export const isOf = ({ kind, hex }: Digest, digests: FileDigests): boolean => digests[kind] === hex;
