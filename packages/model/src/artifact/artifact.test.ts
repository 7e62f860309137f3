import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, DomainError } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_HYBRID } from '../architecture/hybrid/config.ts';
import { fitConformal } from '../conformal/index.ts';
import { OOD_METHOD } from '../ood/index.ts';
import { sha256 } from './digest.ts';
import { decodeFeatures, encodeFeatures, type FeatureTable } from './features.ts';
import { loadArtifact } from './load.ts';
import { encodeManifest } from './manifest.ts';
import { type ArtifactContent, saveArtifact } from './save.ts';

const CONTENT: ArtifactContent = {
  name: 'tiny',
  architecture: { kind: 'hybrid', config: DEFAULT_HYBRID },
  preprocessing: 'field-224-v2',
  calibration: {
    method: 'temperature-bias-v1',
    temperature: 1.5,
    bias: [0.1, -0.1, 0, 0],
    prior: [0.25, 0.25, 0.25, 0.25],
  },
  run: { seed: 7, integrity: '0'.repeat(64), engine: { name: 'wasm', reasons: ['node-gpu: not installed'] } },
  weights: [{ name: 'a/kernel', dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }],
  files: { 'MODEL_CARD.md': '# Tiny\n', 'split.json': '{}' },
};

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'blastwise-artifact-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function saved(name: string, content = CONTENT): Promise<string> {
  const dir = join(root, name);
  await saveArtifact(dir, content, { overwrite: true });
  return dir;
}

describe('saveArtifact and loadArtifact', () => {
  it('leave alone what lies beside the artifact', async () => {
    const [before, partial] = ['beside.before', 'beside.partial'].map((name) => join(root, name));
    for (const own of [before, partial]) writeFileSync(own ?? '', 'mine');
    await saved('beside');
    await saved('beside');
    expect([before, partial].map((own) => readFileSync(own ?? '', 'utf8'))).toEqual(['mine', 'mine']);
    expect(
      readdirSync(root)
        .filter((name) => name.startsWith('beside'))
        .sort(),
    ).toEqual(['beside', 'beside.before', 'beside.partial']);
  });

  it('give back what was saved', async () => {
    const dir = await saved('whole');
    const artifact = await loadArtifact(dir);
    expect(artifact.manifest).toMatchObject({
      name: 'tiny',
      run: CONTENT.run,
      calibration: CONTENT.calibration,
    });
    expect(artifact.manifest.stages).toEqual(['Benign', 'Early', 'Pre', 'Pro']);
    expect(artifact.weights.get('a/kernel')?.data).toEqual(Float32Array.of(1, 2));
    expect(artifact.card).toBe('# Tiny\n');
    expect(artifact.file('split.json')?.length).toBe(2);
    expect(artifact.file('other')).toBeUndefined();
  });

  it('the digest follows what decides an answer and nothing else', async () => {
    const digest = async (change: Partial<ArtifactContent>) => {
      return saveArtifact(join(root, 'digest'), { ...CONTENT, ...change }, { overwrite: true });
    };
    const original = await digest({});
    expect(await digest({ name: 'renamed', run: {}, files: {} })).toBe(original);
    const calibration = { ...CONTENT.calibration, temperature: 1.6 };
    const weights = [{ name: 'a/kernel', dtype: 'F32', shape: [2], data: Float32Array.of(1, 3) }] as const;
    const others = [
      await digest({ calibration }),
      await digest({ weights }),
      await digest({ preprocessing: 'v2' }),
      await digest({ conformal: fitConformal([], []) }),
      await digest({
        ood: { method: OOD_METHOD, threshold: 0.5, passes: 0.98, n: { training: 9, validation: 9 } },
      }),
    ];
    expect(new Set([original, ...others]).size).toBe(6);
  });

  it.each(['model.json', 'weights.safetensors', 'MODEL_CARD.md', 'split.json'])(
    'a flipped byte anywhere in %s is refused and the file named',
    async (file) => {
      const dir = await saved('flipped');
      const path = join(dir, file);
      const original = readFileSync(path);
      for (let i = 0; i < original.length; i += Math.max(1, Math.floor(original.length / 60))) {
        const flipped = Buffer.from(original);
        flipped[i] = (flipped[i] ?? 0) ^ 1;
        writeFileSync(path, flipped);
        const error = await loadArtifact(dir).catch((e: unknown) => e);
        expect(error).toBeInstanceOf(DomainError);
        expect(error).toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringContaining(file) });
      }
    },
  );

  it('a missing folder, a missing file and an invalid manifest are refused by name', async () => {
    await expect(loadArtifact(join(root, 'nowhere'))).rejects.toThrow('no readable model.json');
    const dir = await saved('incomplete');
    rmSync(join(dir, 'weights.safetensors'));
    await expect(loadArtifact(dir)).rejects.toThrow('no readable weights.safetensors');
    const manifest = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8'));
    writeFileSync(
      join(dir, 'model.json'),
      encodeManifest({ ...manifest, stages: ['Pro', 'Pre', 'Early', 'Benign'] }),
    );
    await expect(loadArtifact(dir)).rejects.toThrow('not valid at stages.0');
  });

  it('keeps a folder that is there unless told to replace it, and refuses names that lead outside', async () => {
    const dir = await saved('kept');
    await expect(saveArtifact(dir, CONTENT)).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const name of ['../x', 'a/b', 'model.json', 'weights.safetensors', '.hidden']) {
      await expect(saveArtifact(join(root, 'new'), { ...CONTENT, files: { [name]: '' } })).rejects.toThrow(
        name,
      );
    }
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and drops undefined', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  });

  it('gives the text that digests were taken of before', () => {
    const answer = {
      stages: ['Benign', 'Early'],
      calibration: { temperature: 1.25, bias: [0, -0.5, 1e-7, 3e21] },
      ...{ conformal: undefined, ood: null },
      architecture: { z: { b: 1, a: 'ü"\\' }, A: [], ab: [{ y: 1, x: undefined }] },
    };
    expect(sha256(canonicalJson(answer))).toBe(
      '99f4c400cbb22da3cbacf717bb4333c05ea3f2a981a6ea0807af3342b8dac4f3',
    );
  });
});

describe('features', () => {
  const table: FeatureTable = {
    features: Float32Array.of(1, 0.5, -2, 0, 3, 4),
    dimension: 2,
    labels: Uint8Array.of(0, 3, 1),
    groups: Int32Array.of(5, 5, -1),
    sides: ['train', 'validation', 'test'],
  };
  it('survive as half floats with labels, groups and sides', () => {
    expect(decodeFeatures(encodeFeatures(table))).toEqual(table);
  });
  it('whose parts disagree are refused', () => {
    expect(() => encodeFeatures({ ...table, groups: Int32Array.of(1) })).toThrow('groups');
    expect(() => decodeFeatures(encodeFeatures({ ...table, labels: Uint8Array.of(0, 9, 1) }))).toThrow(
      'table of features',
    );
  });
});
