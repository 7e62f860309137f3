import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID, readWeights } from '../architecture/index.ts';
import { randomiseWeights } from '../architecture/testing.ts';
import { type Artifact, loadArtifact, saveArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { generateField } from '../generator/index.ts';
import { PREPROCESSING_VERSION } from '../images/index.ts';
import { checkExplanations } from './check.ts';
import { randomised } from './randomise.ts';

const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4], head: [8] };
let root = '';
let artifact: Artifact;

beforeAll(async () => {
  await selectEngine('wasm');
  root = mkdtempSync(join(tmpdir(), 'blastwise-check-'));
  const parts = buildHybrid(config);
  randomiseWeights(parts.whole, 8);
  await saveArtifact(join(root, 'model'), {
    name: 'random',
    architecture: { kind: 'hybrid', config },
    preprocessing: PREPROCESSING_VERSION,
    calibration: {
      method: 'temperature-bias-v1',
      temperature: 1,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    weights: readWeights(parts.whole),
  });
  parts.dispose();
  artifact = await loadArtifact(join(root, 'model'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('randomised', () => {
  it.each([
    ['head', ['head_1_dense/kernel', 'stage_logits/kernel'], ['block_16_project/kernel', 'Conv_1/kernel']],
    ['upper', ['stage_logits/kernel', 'block_16_project/kernel', 'Conv_1/kernel'], ['Conv1/kernel']],
  ] as const)('%s: shuffles its weights, keeps their values and all others', async (part, changed, kept) => {
    const other = await randomised(artifact, part, 4);
    expect(await randomised(artifact, part, 4)).toEqual(other);
    for (const name of changed) {
      const [before, after] = [artifact, other].map(({ weights }) => weights.get(name)?.data as Float32Array);
      expect(after).not.toEqual(before);
      expect(after?.toSorted()).toEqual(before?.toSorted());
    }
    for (const name of kept) expect(other.weights.get(name)).toBe(artifact.weights.get(name));
  });
});

describe('checkExplanations', () => {
  it('measures every field: shares within 0..1, correlations within -1..1, the same for one seed', async () => {
    const fields = MATURITY_STAGES.map((stage) => ({
      group: stage,
      read: async () => generateField({ seed: 5, stage }).image,
    }));
    const check = await checkExplanations(artifact, fields, { seed: 2 });
    expect(check.fields).toBe(4);
    for (const share of [check.energy.onCells, check.energy.cellArea]) {
      expect(share?.lower).toBeGreaterThanOrEqual(0);
      expect(share?.upper).toBeLessThanOrEqual(1);
    }
    for (const correlation of Object.values(check.randomisation)) {
      expect(Math.abs(correlation?.mean ?? 2)).toBeLessThanOrEqual(1);
    }
    expect(await checkExplanations(artifact, fields, { seed: 2 })).toEqual(check);
  });
});
