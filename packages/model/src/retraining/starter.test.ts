import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { afterAll, expect, it } from 'vitest';
import {
  type Artifact,
  decodeFeatures,
  FEATURES_FILE,
  loadArtifact,
  saveArtifact,
} from '../artifact/index.ts';
import { createImage, PREPROCESSING_VERSION } from '../images/index.ts';
import { openPredictor, STARTER_DIR } from '../serving/index.ts';
import type { CorrectedField } from './corrected-field.ts';
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
