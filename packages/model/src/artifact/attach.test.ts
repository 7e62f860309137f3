import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_HYBRID } from '../architecture/hybrid/config.ts';
import { attachFiles } from './attach.ts';
import { loadArtifact } from './load.ts';
import { saveArtifact } from './save.ts';

let root = '';
const dir = () => join(root, 'model');

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'blastwise-attach-'));
});
beforeEach(async () => {
  await saveArtifact(
    dir(),
    {
      name: 'tiny',
      architecture: { kind: 'hybrid', config: DEFAULT_HYBRID },
      preprocessing: 'field-224-v2',
      calibration: {
        method: 'temperature-bias-v1',
        temperature: 1.5,
        bias: [0.1, -0.1, 0, 0],
        prior: [0.25, 0.25, 0.25, 0.25],
      },
      run: { seed: 7 },
      weights: [{ name: 'a/kernel', dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }],
      files: { 'MODEL_CARD.md': '# Tiny\n', 'split.json': '{}' },
    },
    { overwrite: true },
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('attachFiles', () => {
  it('adds and replaces files, and nothing else changes: not the digest, not the weights, not a stray file', async () => {
    const before = await loadArtifact(dir());
    writeFileSync(join(dir(), 'notes.txt'), 'mine');
    await attachFiles(`${dir()}/`, { 'evidence.json': '{"a":1}', 'MODEL_CARD.md': '# Whole\n' });
    const after = await loadArtifact(dir());
    expect(after.digest).toBe(before.digest);
    expect(after.weights).toEqual(before.weights);
    expect(after.card).toBe('# Whole\n');
    expect(new TextDecoder().decode(after.file('evidence.json'))).toBe('{"a":1}');
    const { files: _before, integrity: _other, ...kept } = before.manifest;
    expect(after.manifest).toMatchObject(kept);
    expect(readdirSync(dir())).toContain('notes.txt');
    expect(readdirSync(root)).toEqual(['model']);
  });

  it.each(['model.json', 'weights.safetensors', '../x', '.hidden'])(
    'refuses %s and leaves the artifact as it is',
    async (name) => {
      await expect(attachFiles(dir(), { [name]: '' })).rejects.toThrow(name);
      expect((await loadArtifact(dir())).card).toBe('# Tiny\n');
    },
  );

  it('refuses an artifact that was changed', async () => {
    writeFileSync(join(dir(), 'split.json'), '{ }');
    await expect(attachFiles(dir(), { 'evidence.json': '{}' })).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
    });
  });
});
