import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@blastwise/contracts';

export interface DownloadOptions {
  /** Told of the bytes that are there, of how many; 0 where the server does not say. */
  readonly onProgress?: (done: number, total: number) => void;
}

const unreachable = (url: string, cause: unknown) =>
  new DomainError(
    'UNAVAILABLE',
    `${new URL(url).host} cannot be reached: fetch ${url} where there is a network and import the file.`,
    { cause },
  );

const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT'];
const NO_PERMISSION: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS'];

/** What kept `file` from being written, where it was this machine and not the line; else null. */
export function writeFailure(file: string, cause: unknown): DomainError | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (NO_ROOM.includes(code))
    return new DomainError(
      'UNAVAILABLE',
      `There is no room left for ${file}: make some and run the command again, it goes on from there.`,
      { cause },
    );
  if (NO_PERMISSION.includes(code))
    return new DomainError(
      'UNAVAILABLE',
      `${file} may not be written: give permission, or name another folder.`,
      {
        cause,
      },
    );
  return null;
}

/** How long the whole file is, from the answer to a request for its part from `start` on. */
function totalOf(response: Response, start: number): number {
  const [, total] = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  if (total !== undefined) return Number(total);
  const rest = Number(response.headers.get('content-length') ?? 0);
  return rest > 0 ? start + rest : 0;
}

/**
 * Downloads into `file`, on from what an earlier, cut download has left there.
 *
 * @throws DomainError UNAVAILABLE where the server cannot be reached, refuses, or stops in the middle, and where the file
 * cannot be written; what has come stays.
 */
export async function download(
  url: string,
  file: string,
  { onProgress = () => {} }: DownloadOptions = {},
): Promise<void> {
  const there = (await stat(file).catch(() => null))?.size ?? 0;
  const headers = there > 0 ? { range: `bytes=${there}-` } : undefined;
  const response = await fetch(url, headers && { headers }).catch((cause) => {
    throw unreachable(url, cause);
  });
  // Nothing lies beyond what is there: it is whole, or of another file, which its digest will tell.
  if (response.status === 416) return response.body?.cancel();
  if (!response.ok || !response.body)
    throw new DomainError('UNAVAILABLE', `${url} was refused by the server (${response.status}).`);
  const start = response.status === 206 ? there : 0;
  const total = totalOf(response, start);
  let done = start;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      done += chunk.length;
      onProgress(done, total);
      yield chunk;
    }
  };
  const cut = (cause?: unknown) => {
    const [have, all] = [done, total].map((bytes) => (bytes / 1e6).toFixed(1));
    return new DomainError(
      'UNAVAILABLE',
      `The download was cut off after ${have} of ${all} MB: run the command again, it goes on from there.`,
      { cause },
    );
  };
  try {
    const target = createWriteStream(file, { flags: start > 0 ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body), count, target);
  } catch (cause) {
    throw writeFailure(file, cause) ?? cut(cause);
  }
  if (done < total) throw cut();
}

/** Forgets a download, whole or not. */
export const discard = (file: string): Promise<void> => rm(file, { force: true });
