import { createHash } from 'node:crypto';

export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

/** One digest over named parts, whatever order they come in. */
export function digestOf(parts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(parts).map(([name, hash]) => `${name} ${hash}\n`);
  return sha256(lines.sort().join(''));
}
