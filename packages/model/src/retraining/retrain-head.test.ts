import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Artifact,
  attachFiles,
  CARD_FILE,
  decodeFeatures,
  encodeMarks,
  FEATURES_FILE,
  type FeatureTable,
  loadArtifact,
  MARKS_FILE,
  type NamedTensor,
  saveArtifact,
  sha256,
} from '../artifact/index.ts';
import { fingerprintBytes, marksOf, type Side } from '../dataset/index.ts';
import { generateField } from '../generator/index.ts';
import { createImage, encodeJpeg, encodePng } from '../images/index.ts';
import { openPredictor } from '../serving/index.ts';
import { BASE_CARD_FILE } from './card.ts';
import type { CorrectedField } from './corrected-field.ts';
import { reservedForTest, sideOfCorrected } from './corrected-side.ts';
import type { RetrainingProgress } from './fit-head.ts';
import type { LockedRow } from './judge-locked.ts';
import { retrainingRecordSchema } from './record.ts';
import { type RetrainedHead, retrainHead } from './retrain-head.ts';
import type { RetrainOptions } from './retrain-options.ts';
import { featuresOf, foreignFields, TINY_RETRAINING, writeBase } from './testing.ts';

const root = mkdtempSync(join(tmpdir(), 'blastwise-retraining-'));
const dir = join(root, 'base');
const corrected = foreignFields(20);
const OPTIONS: RetrainOptions = { recipe: TINY_RETRAINING, engine: 'wasm', seed: 3 };
const rows = (foreign: boolean, seed: number): LockedRow[] =>
  MATURITY_STAGES.flatMap((stage, s) =>
    Array.from({ length: 8 }, (_, i) => ({
      group: `${stage} ${i}`,
      stage,
      features: featuresOf(stage, seed + 100 * s + i, foreign),
    })),
  );

let base: Artifact;
let retrained: RetrainedHead;
const progress: RetrainingProgress[] = [];
beforeAll(async () => {
  await writeBase(dir);
  base = await loadArtifact(dir);
  retrained = await retrainHead(dir, corrected, {
    ...OPTIONS,
    locked: { rows: rows(true, 5000), rules: { resamples: 200 } },
    onProgress: (epoch) => progress.push(epoch),
  });
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('retrainHead', () => {
  it('learns a look that the base misreads, and reads the old one no worse', async () => {
    const { gate, record } = retrained;
    expect(gate?.verdict).toBe('promote');
    expect(gate?.costDifference.mean).toBeLessThan(-1);
    expect(gate?.costDifference.p).toBeLessThan(0.001);
    expect(record.validation.before.accuracy).toBeGreaterThan(0.95);
    expect(record.validation.after.accuracy).toBeGreaterThanOrEqual(record.validation.before.accuracy);
    expect(record.validation.after.cost).toBeLessThanOrEqual(record.validation.before.cost);
    const old = { rows: rows(false, 9000), rules: { resamples: 200 } };
    const again = await retrainHead(dir, corrected, { ...OPTIONS, locked: old });
    expect(again.gate?.costDifference.mean).toBe(0);
    expect(again.digest).toBe(retrained.digest);
  });

  it('tells every epoch', () => {
    expect(progress.map(({ epoch, of }) => [epoch, of])).toEqual([1, 2, 3, 4, 5, 6].map((e) => [e, 6]));
    progress.forEach((epoch, i) => {
      const { loss, accuracy, validation } = retrained.record.history[i] ?? {};
      expect(epoch).toMatchObject({ loss, accuracy, validationLoss: validation?.loss });
      expect(epoch.expectedCost).toBe(validation?.cost);
    });
    expect(progress.at(-1)?.secondsLeft).toBe(0);
  });

  it('gives the same weights under the same seed, whatever order the fields come in, and others under another', async () => {
    const again = await retrainHead(dir, corrected.toReversed(), OPTIONS);
    expect(again.content.weights).toEqual(retrained.content.weights);
    expect(again.lineage).toEqual(retrained.lineage);
    const other = await retrainHead(dir, corrected, { ...OPTIONS, seed: 4 });
    expect(other.digest).not.toBe(retrained.digest);
  });

  it('killed or aborted after an epoch and resumed, ends with the same model', async () => {
    const folder = join(root, 'run');
    const stop = new AbortController();
    const onProgress = ({ epoch }: RetrainingProgress) => {
      if (epoch === 2) throw new Error('killed');
      if (epoch === 4) stop.abort(new Error('cancelled'));
    };
    const run = (more: RetrainOptions) => retrainHead(dir, corrected, { ...OPTIONS, folder, ...more });
    await expect(run({ onProgress })).rejects.toThrow('killed');
    await expect(run({ onProgress, signal: stop.signal, resume: true })).rejects.toThrow('cancelled');
    await expect(run({ resume: true, seed: 9 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const seen: number[] = [];
    const resumed = await run({ resume: true, onProgress: ({ epoch }) => seen.push(epoch) });
    expect(seen).toEqual([5, 6]);
    expect(resumed.record.history).toEqual(retrained.record.history);
    expect(resumed.digest).toBe(retrained.digest);
  });

  it('ends before the first step where it was aborted already', async () => {
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(retrainHead(dir, corrected, { ...OPTIONS, signal })).rejects.toThrow('never mind');
  });

  it('changes nothing but the head', () => {
    const before = [...base.weights.values()];
    const bytes = ({ data }: NamedTensor) =>
      Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    const changed = retrained.content.weights.filter((weight, i) => {
      const old = before[i];
      return !old || !bytes(weight).equals(bytes(old));
    });
    expect(retrained.content.weights.map((w) => w.name)).toEqual(before.map((w) => w.name));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter(({ name }) => !/^(head_|stage_logits)/.test(name))).toEqual([]);
    const { conformal, ood, calibration } = retrained.content;
    expect(conformal?.n).toEqual(base.manifest.conformal?.n);
    expect(conformal?.thresholds).not.toEqual(base.manifest.conformal?.thresholds);
    expect(ood?.threshold).toBeCloseTo(base.manifest.ood?.threshold ?? 0, 3);
    expect(calibration).not.toEqual(base.manifest.calibration);
  });

  it('never learns from reserved groups, and lists them', () => {
    const reserved = corrected.filter(({ group }) => reservedForTest(group));
    expect(reserved.length).toBeGreaterThan(5);
    const { lineage, content } = retrained;
    expect(lineage.reserved).toEqual(reserved.map(({ group }) => group).sort());
    const learned = corrected.filter(({ group }) => !reservedForTest(group)).map(({ id }) => id);
    expect(lineage.corrections.map(({ id }) => id)).toEqual(learned.sort());
    expect(lineage.correctionsSha256).toBe(sha256(canonicalJson(lineage.corrections)));
    const file = content.files?.[FEATURES_FILE];
    const table = decodeFeatures(file instanceof Uint8Array ? file : new Uint8Array());
    const { labels: old } = decodeFeatures(base.file(FEATURES_FILE) ?? new Uint8Array());
    expect(table.labels).toHaveLength(old.length + learned.length);
    expect(table.sides.slice(old.length)).toEqual(lineage.corrections.map(({ side }) => side));
    expect(lineage.corrections.map(({ group }) => sideOfCorrected(group))).toEqual(
      table.sides.slice(old.length),
    );
    expect([...table.labels.slice(old.length)]).toEqual(
      lineage.corrections.map(({ stage }) => MATURITY_STAGES.indexOf(stage)),
    );
  });

  it('gives an artifact that opens, predicts, and says where it comes from', async () => {
    const out = join(root, 'out');
    expect(await saveArtifact(out, retrained.content)).toBe(retrained.digest);
    const predictor = await openPredictor(out, { threads: 1 });
    const [prediction] = await predictor.predict([createImage(224, 224, [200, 190, 210])]);
    await predictor.close();
    expect(prediction?.analysis.versions.modelDigest).toBe(retrained.digest);
    const { manifest, card, file } = predictor.artifact;
    expect(manifest.lineage?.base).toBe(base.digest);
    expect(retrainingRecordSchema.parse(manifest.run).trained).toEqual({ made: 'for a test' });
    for (const said of [
      retrained.digest,
      base.digest,
      'measured on the base',
      'Against its base on 32 locked fields of 32 groups: promote',
    ])
      expect(card).toContain(said);
    expect(new TextDecoder().decode(file(BASE_CARD_FILE))).toContain('card of the base');
  });

  const free = corrected.filter(({ group }) => !reservedForTest(group));
  const [first, second, ...others] = free;
  if (!first || !second) throw new Error('Every group is reserved.');

  it('trained again on what it became, learns from what is settled now and from nothing else', async () => {
    const fresh = foreignFields(2, 2).filter(({ group }) => !reservedForTest(group));
    const settled = [{ ...first, weight: 3 }, ...others, ...fresh];
    const grown = await retrainHead(join(root, 'out'), settled, OPTIONS);
    const ids = grown.lineage.corrections.map(({ id }) => id);
    expect(ids).toEqual(settled.map(({ id }) => id).sort());
    expect(grown.lineage.corrections.find(({ id }) => id === first.id)?.weight).toBe(3);
    expect(grown.lineage.withdrawn?.map(({ id }) => id)).toEqual([second.id]);
    expect(String(grown.content.files?.[CARD_FILE])).toContain(`held out since: ${second.id}.`);
    expect(grown.lineage.base).toBe(retrained.digest);
    const card = grown.content.files?.[BASE_CARD_FILE];
    expect(new TextDecoder().decode(card as Uint8Array)).toContain('card of the base');
    expect(grown.record.trained).toEqual({ made: 'for a test' });
  });

  it('does not learn again from what a reserved case shows, and goes on with the rest', async () => {
    const reserved = corrected.find(({ group }) => reservedForTest(group));
    if (!reserved) throw new Error('No group is reserved.');
    const copy = { ...reserved, id: `${reserved.id}-copy`, fingerprint: first.fingerprint };
    const passedOver = { digest: base.digest, fields: [{ id: randomUUID(), group: randomUUID() }] };
    const { lineage, content } = await retrainHead(join(root, 'out'), [...free, copy], {
      ...OPTIONS,
      passedOver,
    });
    expect(lineage.passedOver).toEqual(passedOver);
    expect(String(content.files?.[CARD_FILE])).toContain(
      `In service was the model \`${base.digest}\`, which had learned a label withdrawn since`,
    );
    expect(lineage.quarantined).toEqual([{ id: first.id, against: copy.id, kind: 'bytes' }]);
    expect(lineage.corrections.map(({ id }) => id)).not.toContain(first.id);
    expect(lineage.withdrawn?.map(({ id }) => id)).toEqual([first.id]);
  });

  it('still says what its weights have seen where a patient is reserved since', async () => {
    const { group } = corrected.find((field) => reservedForTest(field.group)) ?? first;
    const settled = [{ ...first, group }, second, ...others];
    const { lineage } = await retrainHead(join(root, 'out'), settled, OPTIONS);
    expect(lineage.reserved).toContain(group);
    expect(lineage.corrections.map(({ id }) => id)).not.toContain(first.id);
    expect(lineage.withdrawn?.map(({ id }) => id)).toEqual([first.id]);
  });

  it('does not learn from pixels that the base has features of on a side held out', async () => {
    const own = decodeFeatures(base.file(FEATURES_FILE) ?? new Uint8Array());
    const rowOn = (side: Side) => {
      const row = own.sides.indexOf(side);
      return own.features.slice(row * own.dimension, (row + 1) * own.dimension).map((x) => x * 1.001);
    };
    const locked = { ...own, sides: own.sides.map((): Side => 'test') };
    const learned = async (features: Float32Array, lockedFeatures: readonly FeatureTable[] = []) => {
      const { lineage } = await retrainHead(dir, [{ ...first, features }, second], {
        ...OPTIONS,
        lockedFeatures,
        recipe: { ...TINY_RETRAINING, epochs: 1 },
      });
      return lineage.quarantined;
    };
    const against = (name: RegExp) => [
      { id: first.id, against: expect.stringMatching(name), kind: 'pixels' },
    ];
    expect(await learned(rowOn('validation'))).toEqual(against(/of the validation side/));
    expect(await learned(rowOn('calibration'))).toEqual(against(/of the calibration side/));
    expect(await learned(rowOn('train'))).toEqual([]);
    expect(await learned(rowOn('train'), [locked])).toEqual(against(/of the test side/));
  });

  it('does not learn from a copy of what the base was held out from, and keeps landmarks of alone', async () => {
    const [marked, held] = [join(root, 'marked'), ['validation', 'calibration', 'test'] as const];
    await cp(dir, marked, { recursive: true });
    const images = [1, 2, 3, 4].map((seed) => generateField({ seed, stage: 'Early' }).image);
    const marks = [];
    for (const [i, side] of [...held, 'train' as const].entries()) {
      const { thumbnail } = await fingerprintBytes(
        '',
        await encodePng(images[i] ?? createImage(8, 8, [0, 0, 0])),
      );
      marks.push({ sha256: `${i}`.repeat(64), stage: 'Early' as const, side, marks: marksOf(thumbnail) });
    }
    const file = encodeMarks(marks);
    await attachFiles(marked, { [MARKS_FILE]: file });
    const copies: CorrectedField[] = [];
    for (const [i, image] of images.entries()) {
      const fingerprint = await fingerprintBytes('', await encodeJpeg(image, 50));
      copies.push({ ...(free[i] ?? first), fingerprint });
    }
    const { lineage, content } = await retrainHead(marked, [...copies, ...free.slice(4, 8)], {
      ...OPTIONS,
      recipe: { ...TINY_RETRAINING, epochs: 1 },
    });
    const named = held.map((_, i) => ({
      id: copies[i]?.id,
      against: `Early field ${`${i}`.repeat(12)}`,
      kind: 'near',
    }));
    expect(lineage.quarantined).toEqual(named);
    expect(lineage.corrections.map(({ id }) => id)).toContain(copies[3]?.id);
    expect(String(content.files?.[CARD_FILE])).toContain('near-duplicate of Early field 000000000000');
    expect(Buffer.from(content.files?.[MARKS_FILE] ?? '')).toEqual(Buffer.from(file));
  });

  it('heeds weights and the costs in the loss', async () => {
    const once = { ...OPTIONS, recipe: { ...TINY_RETRAINING, epochs: 1 } };
    const plain = await retrainHead(dir, corrected, once);
    const heavy = await retrainHead(
      dir,
      corrected.map((field) => ({ ...field, weight: 4 })),
      once,
    );
    const costly = await retrainHead(dir, corrected, {
      ...once,
      costs: STUDY_COSTS,
      recipe: { ...once.recipe, costWeight: 1 },
    });
    expect(new Set([plain, heavy, costly].map(({ digest }) => digest)).size).toBe(3);
    expect(String(costly.content.files?.[CARD_FILE])).toContain('expected-cost term');
    // Costs in the loss bend the logits; the probabilities are corrected to the same true prior all the same.
    const { calibration } = costly.content;
    expect(calibration.prior).toEqual(plain.content.calibration.prior);
    expect(calibration.temperature).not.toBe(plain.content.calibration.temperature);
  });

  it('leaves out what shows a held-out image and stops at a group on both sides', async () => {
    const [a, b] = [first, second];
    const locked = { name: 'locked/1', group: 'locked', sha256: b.fingerprint.sha256 };
    const run = retrainHead(dir, corrected, {
      ...OPTIONS,
      recipe: { ...TINY_RETRAINING, epochs: 1 },
      lockedImages: [locked],
    });
    const { lineage, content } = await run;
    expect(lineage.quarantined).toEqual([{ id: b.id, against: 'locked/1', kind: 'bytes' }]);
    expect(lineage.corrections.map(({ id }) => id)).not.toContain(b.id);
    expect(String(content.files?.[CARD_FILE])).toContain(`${b.id}: same bytes of locked/1`);
    const leak = { ...locked, sha256: base.digest, group: a.group };
    const leaking = retrainHead(dir, corrected, { ...OPTIONS, lockedImages: [leak] });
    await expect(leaking).rejects.toMatchObject({ code: 'LEAK_FOUND' });
    await expect(leaking).rejects.toThrow(new RegExp(`${a.id}.*locked/1`));
  });

  it.each([
    ['no field', []],
    ['a field given twice', [...corrected, ...corrected]],
    ['features of another model', [{ ...foreignFields(1)[0], features: new Float32Array(3) }]],
    ['a weight of nothing', foreignFields(1).map((f) => ({ ...f, weight: 0 }))],
    [
      'a feature that is no number',
      foreignFields(1).map((f) => ({ ...f, features: f.features.map(() => Number.NaN) })),
    ],
  ])('refuses %s', async (_, fields) => {
    await expect(retrainHead(dir, fields as typeof corrected, OPTIONS)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
