import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeBase } from '../retraining/testing.ts';
import { timeHeadRetraining, timeRetraining } from './retraining.ts';

const root = mkdtempSync(join(tmpdir(), 'blastwise-timed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('times a retraining that goes through to its end', async () => {
  const base = join(root, 'base');
  await writeBase(base);
  const { median, runs } = await timeHeadRetraining(base, 20, 'wasm');
  expect(runs).toBe(1);
  expect(median).toBeGreaterThan(0);
  const { reading, head } = await timeRetraining(base, 9, 'wasm');
  expect(Math.min(reading, head)).toBeGreaterThan(0);
}, 60_000);
