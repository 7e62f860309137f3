import { readFileSync } from 'node:fs';
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
