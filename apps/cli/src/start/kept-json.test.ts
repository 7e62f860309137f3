import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
