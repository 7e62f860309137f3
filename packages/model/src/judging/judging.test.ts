import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Artifact, hybridConfigOf, loadArtifact, saveArtifact } from '../artifact/index.ts';
import { verifySplit } from '../dataset/index.ts';
import { type LabelledField, readField } from '../evidence/index.ts';
import { writeTestSide } from '../evidence/testing.ts';
import { retrainHead } from '../retraining/index.ts';
import { foreignFields, TINY_RETRAINING, writeBase } from '../retraining/testing.ts';
import { openPredictor } from '../serving/index.ts';
import {
  answersToFeatures,
  answersToImages,
  decodeLockedTest,
  encodeLockedTest,
  LOCKED_TEST_FILE,
  lockedTestOf,
  lockTest,
  networkDigest,
} from './index.ts';

let root = '';
let fields: LabelledField[];
let base: Artifact;
const at = (name: string) => join(root, name);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-judging-'));
  fields = await verifySplit(at('data'), await writeTestSide(at('data'), 1));
  await writeBase(at('base'));
  base = await loadArtifact(at('base'));
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

describe('a locked test in an artifact', () => {
  it('holds the features of the fields, and leaves the model the same', async () => {
    expect(lockedTestOf(base)).toBeNull();
    const steps: number[] = [];
    const locked = await lockTest(at('base'), fields, (done) => steps.push(done));
    const after = await loadArtifact(at('base'));
    expect(after.digest).toBe(base.digest);
    expect(lockedTestOf(after)).toEqual(locked);
    const groups = new Set(fields.map(({ group }) => group)).size;
    expect(locked).toMatchObject({ fields: fields.length, groups, networkSha256: networkDigest(base) });
    expect(steps.at(-1)).toBe(fields.length);
  });

  it('is answered by the head as the whole network answers the images', async () => {
    const artifact = await loadArtifact(at('base'));
    const table = decodeLockedTest(artifact.file(LOCKED_TEST_FILE) ?? new Uint8Array());
    const rows = await answersToFeatures(artifact, table);
    const predictor = await openPredictor(at('base'), { threads: 1 });
    const images = fields.map((field) => ({ ...field, read: () => readField(field) }));
    const whole = await answersToImages(predictor, images);
    await predictor.close();
    expect(rows.map(({ actual }) => actual)).toEqual(whole.map(({ actual }) => actual));
    for (const [i, { probabilities }] of rows.entries())
      for (const [s, p] of probabilities.entries())
        expect(p).toBeCloseTo(whole[i]?.probabilities[s] ?? -1, 2);
    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(answersToImages(predictor, images, aborted)).rejects.toThrow('stopped');
  });

  it('refuses what is no test side, and fields of another length', async () => {
    expect(() => encodeLockedTest([])).toThrow('no field to lock');
    expect(() => decodeLockedTest(base.file('features.safetensors') ?? new Uint8Array())).toThrow(
      'of the test side',
    );
    const bytes = encodeLockedTest([{ stage: 'Pro', group: 'a', features: new Float32Array(7) }]);
    await expect(answersToFeatures(base, decodeLockedTest(bytes))).rejects.toThrow(
      '7 features where the model has',
    );
  });
});

describe('networkDigest', () => {
  it('is shared by a model whose head alone was trained again', async () => {
    const { content, digest } = await retrainHead(at('base'), foreignFields(4), {
      recipe: { ...TINY_RETRAINING, epochs: 1 },
      engine: 'wasm',
    });
    await saveArtifact(at('retrained'), content);
    const retrained = await loadArtifact(at('retrained'));
    expect(digest).not.toBe(base.digest);
    expect(networkDigest(retrained)).toBe(networkDigest(base));
  });

  it('changes with a weight below the head, a layer and the preprocessing', () => {
    const { manifest, weights } = base;
    const [first] = [...weights.values()].filter(({ name }) => !name.startsWith('head'));
    if (!(first?.data instanceof Float32Array)) throw new Error('There is no weight to change.');
    const changed = { ...first, data: first.data.map((v) => v + 1) };
    const config = { ...hybridConfigOf(manifest, 'tested'), saturation: 0.25 };
    const others = [
      { manifest, weights: new Map([...weights, [first.name, changed]]) },
      { manifest: { ...manifest, preprocessing: 'other' }, weights },
      { manifest: { ...manifest, architecture: { kind: 'hybrid' as const, config } }, weights },
    ];
    const digests = [base, ...others].map(networkDigest);
    expect(new Set(digests).size).toBe(4);
  });
});
