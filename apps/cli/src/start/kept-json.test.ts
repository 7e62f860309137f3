import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKept } from './kept-json.ts';
import { loadSecrets } from './secrets.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'blastwise-secrets-'));
const path = join(dataDir, 'secrets.json');

it('keeps the keys of the first start', () => {
  const made = loadSecrets(dataDir);
  expect(loadSecrets(dataDir)).toEqual(made);
});

it.each([
  ['{"sessionSecret":"short"}', `${path} is damaged at sessionSecret: put back an intact copy of it.`],
  ['[]', `${path} is damaged at its top: put back an intact copy of it.`],
  ['{"sessionSecret":"abc', `${path} is damaged, it is no JSON: put back an intact copy of it.`],
])('names secrets that are damaged in one sentence, without a value: %s', (text, sentence) => {
  writeFileSync(path, text);
  expect(() => loadSecrets(dataDir)).toThrow(
    expect.objectContaining({ name: 'DomainError', message: sentence }),
  );
});

it('writes the whole file for its owner alone, or leaves the one before', () => {
  const kept = join(mkdtempSync(join(tmpdir(), 'blastwise-kept-')), 'demo.json');
  writeKept(kept, { url: 'before' });
  expect(() => writeKept(kept, { url: 1n })).toThrow(TypeError);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ url: 'before' });
  writeKept(kept, { url: 'after' });
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ url: 'after' });
  expect(statSync(kept).mode & 0o077).toBe(0);
  expect(readdirSync(join(kept, '..'))).toEqual(['demo.json']);
});
