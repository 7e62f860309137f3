import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DomainError } from '@blastwise/contracts';
import type { z } from 'zod';

/** Reads a JSON file that a start keeps in the data folder. @throws DomainError naming a damaged file, without its values. */
export function readKept<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(path));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'its top';
  throw new DomainError('CONFLICT', `${path} is damaged at ${where}: put back an intact copy of it.`);
}

function jsonOf(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('CONFLICT', `${path} is damaged, it is no JSON: put back an intact copy of it.`);
  }
}

/** Writes such a file, readable by its owner alone: a power cut leaves the one before or this one, never a part. */
export function writeKept(path: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}
