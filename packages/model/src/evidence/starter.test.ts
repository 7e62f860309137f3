import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { manifestSchema } from '../artifact/index.ts';
import { STARTER_DIR } from '../serving/index.ts';
import { EVIDENCE_FILE, parseEvidence } from './schema.ts';

/** The targets of the committed starter, on what was measured on it; every figure must be there. */
const read = (name: string): unknown => JSON.parse(readFileSync(join(STARTER_DIR, name), 'utf8'));
const { modelDigest, masks, novelty, side } = parseEvidence(read(EVIDENCE_FILE));
const hand = masks.hand?.sets[0];

it('was measured on this very model, on fields that it has not learned from', () => {
  expect(modelDigest).toBe(manifestSchema.parse(read('model.json')).digest);
  expect(side).toMatchObject({ name: 'test', learnedFrom: 0 });
});

it.each([
  ['nucleus Dice on pictures drawn by hand', hand?.methods.unet.nucleus?.dice.mean, 0.93],
  ['cell Dice on pictures drawn by hand', hand?.methods.unet.cell.dice.mean, 0.8],
  ['single normal cells flagged (pbc)', novelty?.pbc?.flagged.mean, 0.95],
  ['fields of healthy blood flagged (bccd)', novelty?.bccd?.flagged.mean, 0.95],
  ['validation fields that pass', novelty?.passes, 0.98],
])('meets its target: %s', (_, measured, least) => {
  expect(measured).toBeGreaterThanOrEqual(least);
});

it('was measured on all of the pictures that are drawn by hand, not on one folder', () => {
  expect(hand).toMatchObject({ set: 'all', n: masks.hand?.n });
});

it('mostly lets fields with other colours pass', () => {
  expect(novelty?.recoloured.flagged.mean).toBeLessThan(0.5);
});

it('finds white cells and nuclei in every stage', () => {
  const found = masks.coverage.stages.map(({ stage, n, methods: { unet } }) => ({
    stage,
    cells: unet.cell.lower > 0 && unet.empty < n,
    nuclei: (unet.nucleus?.lower ?? 0) > 0,
  }));
  expect(found).toEqual(MATURITY_STAGES.map((stage) => ({ stage, cells: true, nuclei: true })));
});
