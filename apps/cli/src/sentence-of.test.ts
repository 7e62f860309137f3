import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sentenceOf } from './sentence-of.ts';
import { UsageError } from './usage.ts';

const failing = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: as Node says it`), { code, ...(path && { path }) });
const folder = mkdtempSync(join(tmpdir(), 'blastwise-sentences-'));
writeFileSync(join(folder, 'file'), '');

describe('what a command that failed says', () => {
  it.each([
    ['bad usage', new UsageError('Name a folder.'), /^Name a folder\.$/],
    ['an expected failure', new DomainError('CONFLICT', 'It is there.'), /^It is there\.$/],
    [
      'a value that is none',
      z.object({ a: z.object({ b: z.string() }) }).safeParse({ a: {} }).error,
      /^A value is not valid at a\.b: Invalid input: expected string, received undefined\.$/,
    ],
    ['a value as a whole', z.string().safeParse(1).error, /^A value is not valid: Invalid input/],
    ['no rights', failing('EACCES', '/x'), /^This user may not use \/x: change its rights or name/],
    ['no room', failing('ENOSPC', '/x'), /^There is no room left for \/x: free some/],
    ['a folder without a name', failing('EISDIR'), /^a file or folder it needs is a folder where/],
    ['an unknown code', failing('EWHAT', '/x'), /^Something went wrong that should not: EWHAT/],
    ['no error at all', 'odd', /^Something went wrong that should not: odd$/],
  ])('%s', (_, error, sentence) => {
    expect(sentenceOf(error)).toMatch(sentence);
  });

  it.each([
    [
      'a folder over a file',
      () => mkdir(join(folder, 'file'), { recursive: true }),
      /exists already and is no/,
    ],
    [
      'a folder below a file',
      () => mkdir(join(folder, 'file', 'a', 'b'), { recursive: true }),
      /leads through/,
    ],
    ['a file over a folder', () => writeFile(folder, ''), /is a folder where a file is needed/],
    ['no such file', () => readFile(join(folder, 'nothing')), /^There is no .+nothing: check the path\.$/],
  ])('%s, as Node reports it', async (_, work, sentence) => {
    const error: unknown = await work().catch((reason: unknown) => reason);
    expect(sentenceOf(error)).toMatch(sentence);
    expect(sentenceOf(error)).toContain(folder);
  });
});
