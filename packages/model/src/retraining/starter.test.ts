import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { afterAll, expect, it } from 'vitest';
import {
  type Artifact,
  decodeFeatures,
  decodeMarks,
  FEATURES_FILE,
  loadArtifact,
  MARKS_FILE,
  saveArtifact,
} from '../artifact/index.ts';
import { byContent, fingerprintBytes, verifySplit } from '../dataset/index.ts';
import { plantedCopy } from '../dataset/testing.ts';
import { createImage, decodeImage, PREPROCESSING_VERSION } from '../images/index.ts';
import { openPredictor, STARTER_DIR } from '../serving/index.ts';
import type { CorrectedField } from './corrected-field.ts';
import { reservedForTest } from './corrected-side.ts';
import { holdOut } from './hold-out.ts';
import { splitOfBase } from './network/index.ts';
import { RETRAINING_RECIPE } from './recipe.ts';
import { retrainHead } from './retrain-head.ts';
import { fingerprintOf } from './testing.ts';

const root = mkdtempSync(join(tmpdir(), 'blastwise-retrained-starter-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Fields like the first of the training side of each stage, a little shifted, as new cases. */
function correctedFields(base: Artifact, perStage: number): CorrectedField[] {
  const { features, dimension, labels, sides } = decodeFeatures(base.file(FEATURES_FILE) ?? new Uint8Array());
  return MATURITY_STAGES.flatMap((stage, s) => {
    const rows = sides.flatMap((side, row) => (side === 'train' && labels[row] === s ? [row] : []));
    return rows.slice(0, perStage).map((row): CorrectedField => {
      const id = `${stage} ${row}`;
      const seen = features.slice(row * dimension, (row + 1) * dimension).map((v) => 1.1 * v);
      return { id, group: id, stage, weight: 1, features: seen, fingerprint: fingerprintOf(id) };
    });
  });
}

const base = existsSync(STARTER_DIR) ? await loadArtifact(STARTER_DIR) : null;
const out = join(root, 'model');

it.skipIf(!base)(
  'retrains the head of the committed starter',
  async () => {
    if (!base) throw new Error('There is no starter.');
    const recipe = { ...RETRAINING_RECIPE, epochs: 1 };
    const { content, digest, record } = await retrainHead(STARTER_DIR, correctedFields(base, 5), {
      recipe,
      engine: 'wasm',
    });
    await saveArtifact(out, content);
    const retrained = await loadArtifact(out);
    expect(retrained.digest).toBe(digest);
    expect(retrained.manifest.lineage?.base).toBe(base.digest);
    expect(retrained.card).toContain(base.digest);
    expect(retrained.manifest.conformal === undefined).toBe(base.manifest.conformal === undefined);
    expect(record.validation.after.accuracy).toBeGreaterThan(record.validation.before.accuracy - 0.02);
  },
  60_000,
);

// A starter of another preprocessing opens in no predictor, retrained or not.
it.skipIf(base?.manifest.preprocessing !== PREPROCESSING_VERSION)('and the result predicts', async () => {
  const predictor = await openPredictor(out, { threads: 1 });
  const [prediction] = await predictor.predict([createImage(224, 224, [200, 190, 210])]);
  await predictor.close();
  expect(prediction?.analysis.versions.modelDigest).toBe(predictor.artifact.digest);
});

it.skipIf(!base)('keeps landmarks of every field of its split', () => {
  if (!base) throw new Error('There is no starter.');
  const marked = new Map(
    decodeMarks(base.file(MARKS_FILE) ?? new Uint8Array()).map((field) => [field.sha256, field]),
  );
  for (const { sha256, side, stage } of splitOfBase(base).fields)
    expect(marked.get(sha256)).toMatchObject({ side, stage });
});

const data = fileURLToPath(new URL('../../../../../shared/data/taleqani-all', import.meta.url));
const EVERY = 30;
const NAMED = /^(Benign|Early|Pre|Pro) field [0-9a-f]{12}$/;

it.skipIf(!base || !existsSync(data))(
  'knows copies of its held-out fields without their images',
  async () => {
    if (!base) throw new Error('There is no starter.');
    const split = splitOfBase(base);
    const held = split.fields.filter(({ side }) => side !== 'train');
    const some = { ...split, fields: held.filter((_, i) => i % EVERY === 0) };
    const copies = [];
    for (const [i, field] of (await verifySplit(data, some)).entries()) {
      const copy = await plantedCopy(await decodeImage(await readFile(field.file)), i);
      const name = byContent(field);
      copies.push({
        id: name,
        group: `copy of ${field.group}`,
        fingerprint: await fingerprintBytes(name, copy),
      });
    }
    const other = { id: 'another', group: 'another case', fingerprint: fingerprintOf('another') };
    const asked = [...copies, other].filter(({ group }) => !reservedForTest(group));
    const { learned, quarantined } = holdOut(base, asked, []);
    expect(learned).toEqual([other]);
    const named = asked
      .slice(0, -1)
      .map(({ id }) => ({ id, against: expect.stringMatching(NAMED), kind: 'near' }));
    expect(quarantined).toEqual(named.sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(quarantined.length).toBeGreaterThan(10);
  },
  120_000,
);
