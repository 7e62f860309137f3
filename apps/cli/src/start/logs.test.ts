import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogs } from './logs.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'blastwise-logs-'));
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

it('keeps the latest lines of a service in two files of a bounded size, over restarts', () => {
  const folder = newFolder();
  for (let start = 0; start < 4; start++) {
    const write = openLogs(folder, 100).writer('portal');
    for (let line = 0; line < 50; line++) write(`line ${start * 50 + line}`);
  }
  const [before, now] = ['portal.1.log', 'portal.log'].map((name) => linesOf(join(folder, 'logs', name)));
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['portal.1.log', 'portal.log']);
  const kept = [...(before ?? []), ...(now ?? [])];
  // "line 199" and its end are 9 bytes: 12 of them are more than 100.
  expect(before).toHaveLength(12);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => `line ${200 - kept.length + i}`));
});

it('loses a line that cannot be written, and goes on', () => {
  const folder = newFolder();
  const logs = openLogs(folder);
  const write = logs.writer('inference');
  mkdirSync(logs.file('inference'));
  expect(() => write('lost')).not.toThrow();
  rmSync(logs.file('inference'), { recursive: true });
  write('kept');
  expect(linesOf(logs.file('inference'))).toEqual(['kept']);
});
