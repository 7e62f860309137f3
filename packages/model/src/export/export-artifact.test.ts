import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID, readWeights } from '../architecture/index.ts';
import { randomiseWeights } from '../architecture/testing.ts';
import { loadArtifact, type NamedTensor, saveArtifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { exportOnnx } from './artifact.ts';
import { checkParity, exportOnnxWithParity, PARITY_TOLERANCE } from './parity.ts';

const config = { ...DEFAULT_HYBRID, size: 64, unetFilters: [2, 4], head: [8] };
let root = '';

async function save(
  name: string,
  change = (weight: NamedTensor): NamedTensor => weight,
  temperature = 1,
): Promise<string> {
  const parts = buildHybrid(config);
  randomiseWeights(parts.whole, 21);
  const dir = join(root, name);
  await saveArtifact(dir, {
    name,
    architecture: { kind: 'hybrid', config },
    preprocessing: 'field-224-v2',
    calibration: {
      method: 'temperature-bias-v1',
      temperature,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    weights: readWeights(parts.whole).map(change),
  });
  parts.dispose();
  return dir;
}

beforeAll(async () => {
  await selectEngine('wasm');
  root = mkdtempSync(join(tmpdir(), 'blastwise-export-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('exportOnnxWithParity', () => {
  it('writes the file and says how close its answers are', async () => {
    const dir = await save('good');
    const out = join(root, 'good.onnx');
    const report = await exportOnnxWithParity(dir, out);
    expect(report.fields).toBe(4);
    expect(report.probability).toBeLessThan(PARITY_TOLERANCE.probability);
    expect(report.mask).toBeLessThan(PARITY_TOLERANCE.mask);
    const bytes = readFileSync(out);
    expect(bytes.length).toBe(report.bytes);
    expect(bytes.includes(`For ${RESEARCH_NOTICE}.`)).toBe(true);
    expect(bytes.equals(await exportOnnx(await loadArtifact(dir)))).toBe(true);
  });

  it('compares the calibrated probabilities, as a low temperature widens their differences', async () => {
    const nudged = (weight: NamedTensor) =>
      weight.name === 'stage_logits/bias' ? { ...weight, data: Float32Array.of(1e-2, 0, 0, 0) } : weight;
    const [flat, sharp, other] = await Promise.all(
      // High enough that no probability is close to 0 or 1, whatever the random weights answer.
      [save('flat', undefined, 40), save('sharp', undefined, 10), save('nudged', nudged)].map(async (dir) =>
        loadArtifact(await dir),
      ),
    );
    if (!flat || !sharp || !other) throw new Error('An artifact is missing.');
    const onnx = await exportOnnx(other);
    const [soft, hard] = [await checkParity(flat, onnx), await checkParity(sharp, onnx)];
    expect(hard.probability / soft.probability).toBeGreaterThan(1.5);
  });

  it('sees an export of other weights, and writes nothing for one without numbers', async () => {
    const bias = (value: number) => (weight: NamedTensor) =>
      weight.name === 'stage_logits/bias' ? { ...weight, data: Float32Array.of(value, 0, 0, 0) } : weight;
    const [good, other] = await Promise.all([loadArtifact(join(root, 'good')), save('other', bias(0.5))]);
    const parity = await checkParity(good, await exportOnnx(await loadArtifact(other)));
    expect(parity.probability).toBeGreaterThan(PARITY_TOLERANCE.probability);
    const broken = await save('broken', bias(Number.NaN));
    const out = join(root, 'broken.onnx');
    await expect(exportOnnxWithParity(broken, out)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
    expect(existsSync(out)).toBe(false);
  });
});
