import { cp, mkdtemp, readFile as readBytes, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Artifact,
  CARD_FILE,
  decodeFeatures,
  FEATURES_FILE,
  loadArtifact,
  type NamedTensor,
  saveArtifact,
} from '../../artifact/index.ts';
import { turnImage } from '../../counterfactual/index.ts';
import { createImage, decodeImage, encodePng } from '../../images/index.ts';
import { networkDigest } from '../../judging/index.ts';
import { openPredictor } from '../../serving/index.ts';
import { reservedForTest, sideOfCorrected } from '../corrected-side.ts';
import { networkRecordSchema } from '../record.ts';
import { retrainHead } from '../retrain-head.ts';
import type { CorrectedImage } from './corrected-image.ts';
import type { NetworkOptions, NetworkProgress } from './options.ts';
import { type RetrainedNetwork, retrainNetwork } from './retrain-network.ts';
import {
  generatedCorrections,
  type NetworkGround,
  TINY_NETWORK_RECIPE,
  writeNetworkGround,
} from './testing.ts';

let root = '';
let ground: NetworkGround;
let base: Artifact;
let corrected: Awaited<ReturnType<typeof generatedCorrections>>;
let retrained: RetrainedNetwork;
const progress: NetworkProgress[] = [];
let runs = 0;

const run = (change: Partial<NetworkOptions> = {}, images: readonly CorrectedImage[] = corrected.images) =>
  retrainNetwork(ground.baseDir, images, {
    dataFolder: ground.dataFolder,
    readFile: corrected.readFile,
    folder: join(root, `run-${runs++}`),
    recipe: TINY_NETWORK_RECIPE,
    engine: 'wasm',
    seed: 3,
    ...change,
  });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-network-'));
  ground = await writeNetworkGround(root);
  base = await loadArtifact(ground.baseDir);
  corrected = await generatedCorrections(2, inValidation);
  retrained = await run({ onProgress: (step) => progress.push(step) });
}, 240_000);
afterAll(() => rm(root, { recursive: true, force: true }));

/** One field of a case that falls on the validation side. */
function inValidation(id: string): Partial<CorrectedImage> {
  if (id !== 'Pre-1') return {};
  const cases = Array.from({ length: 100 }, (_, i) => `case-${i}`);
  const group = cases.find((name) => !reservedForTest(name) && sideOfCorrected(name) === 'validation');
  return group === undefined ? {} : { group };
}

const bytesOf = ({ data }: NamedTensor) =>
  Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
const changedIn = ({ content }: RetrainedNetwork): string[] =>
  content.weights.flatMap((weight) => {
    const old = base.weights.get(weight.name);
    return old && bytesOf(old).equals(bytesOf(weight)) ? [] : [weight.name];
  });
const free = () => corrected.images.filter(({ group }) => !reservedForTest(group));

describe('retrainNetwork', () => {
  it('tells of the folder, the fields, the masks, the views and every epoch', () => {
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual([
      'folder',
      'fields',
      'masks',
      'cache',
      'epochs',
    ]);
    const epochs = progress.flatMap((step) => (step.phase === 'epochs' ? [step] : []));
    expect(epochs.map(({ epoch, of }) => [epoch, of])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    epochs.forEach((epoch, i) => {
      const { loss, validation } = retrained.record.history[i] ?? {};
      expect(epoch).toMatchObject({ loss, validationLoss: validation?.loss, expectedCost: validation?.cost });
    });
    const masks = progress.flatMap((step) => (step.phase === 'masks' ? [step] : []));
    expect(masks.map(({ dice }) => dice)).toEqual(
      retrained.record.masks.history.map(({ score }) => 1 - score),
    );
  });

  it('moves the upper blocks, the head and the novelty score, and nothing below the tap but the U-Net', () => {
    const changed = changedIn(retrained);
    const kinds = changed.map((name) =>
      name.replace(/^(block_1\d|Conv_1|head|stage_logits|unet|ood).*$/, '$1'),
    );
    expect([...new Set(kinds)].sort()).toEqual(
      expect.arrayContaining(['Conv_1', 'head', 'ood', 'stage_logits']),
    );
    expect(kinds.filter((kind) => !/^(block_1\d|Conv_1|head|stage_logits|unet|ood)$/.test(kind))).toEqual([]);
    const { masks } = retrained.record;
    expect(kinds.includes('unet')).toBe(masks.bestEpoch > 0);
    expect(masks.after).toBeGreaterThanOrEqual(masks.before);
    const { manifest } = base;
    expect(retrained.content.weights.filter(({ name }) => name.endsWith('_BN'))).toEqual([]);
    expect(retrained.content.calibration).not.toEqual(manifest.calibration);
  });

  it('gives an artifact that opens, predicts, says where it comes from, and is judged as another network', async () => {
    const out = join(root, 'out');
    expect(await saveArtifact(out, retrained.content)).toBe(retrained.digest);
    const predictor = await openPredictor(out, { threads: 1 });
    const [prediction] = await predictor.predict([createImage(224, 224, [200, 190, 210])]);
    await predictor.close();
    expect(prediction?.analysis.versions.modelDigest).toBe(retrained.digest);
    const { manifest, card, file } = predictor.artifact;
    expect(manifest.lineage?.base).toBe(base.digest);
    const record = networkRecordSchema.parse(manifest.run);
    expect(record).toMatchObject({ kind: 'network-retraining', trained: { made: 'for a test' } });
    expect(record.folder.fields).toBe(16);
    for (const said of [
      retrained.digest,
      base.digest,
      'measured on no test side',
      '16 fields of the registered',
    ])
      expect(card).toContain(said);
    expect(networkDigest(predictor.artifact)).not.toBe(networkDigest(base));
    expect(file('locked-test.safetensors')).toBeUndefined();
  });

  it('is calibrated to the prior of the base, whatever was corrected, and judged on what was not trained on', () => {
    const { record, content } = retrained;
    expect(record.data.validation).toEqual([1, 1, 1, 1]);
    expect(record.data.corrected.validation).toEqual([0, 0, 1, 0]);
    expect(content.calibration.prior).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(content.conformal?.n).toEqual(base.manifest.conformal && [1, 1, 1, 1]);
    expect(String(content.files?.[CARD_FILE])).toContain('corrected fields of that side');
  });

  it('caches the features of all but the test side, corrections last, as a base of the next head', async () => {
    const { content, lineage } = retrained;
    const table = decodeFeatures(content.files?.[FEATURES_FILE] as Uint8Array);
    expect(table.sides).not.toContain('test');
    expect(table.sides).toHaveLength(16 + lineage.corrections.length);
    expect(table.sides.slice(16)).toEqual(lineage.corrections.map(({ side }) => side));
    expect(lineage.corrections.map(({ id }) => id)).toEqual(
      free()
        .map(({ id }) => id)
        .sort(),
    );
    expect(lineage.reserved).toEqual(
      corrected.images.flatMap(({ group }) => (reservedForTest(group) ? [group] : [])).sort(),
    );
    const edited = lineage.corrections.filter(({ masks }) => masks);
    const { train, validation } = retrained.record.masks.edited;
    expect(edited).toHaveLength(train + validation);
    expect(train + validation).toBeGreaterThan(0);
    expect(edited.every(({ id }) => id.endsWith('-0'))).toBe(true);
    const again = await retrainHead(join(root, 'out'), [], { engine: 'wasm' }).catch(
      (error: unknown) => error,
    );
    expect(again).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('killed or aborted in any phase and resumed, ends with the same model', async () => {
    const folder = join(root, 'killed');
    const killAt = (phase: NetworkProgress['phase'], done: number) => (step: NetworkProgress) => {
      if (step.phase === phase && ('epoch' in step ? step.epoch : step.done) === done)
        throw new Error('killed');
    };
    const resume = (change: Partial<NetworkOptions>) => run({ folder, resume: true, ...change });
    await expect(resume({ onProgress: killAt('folder', 5) })).rejects.toThrow('killed');
    await expect(resume({ onProgress: killAt('masks', 1) })).rejects.toThrow('killed');
    const stop = new AbortController();
    const onProgress = (step: NetworkProgress) => {
      if (step.phase === 'cache' && step.done > 20) stop.abort(new Error('cancelled'));
    };
    await expect(resume({ onProgress, signal: stop.signal })).rejects.toThrow('cancelled');
    await expect(resume({ onProgress: killAt('epochs', 1) })).rejects.toThrow('killed');
    await expect(resume({ seed: 9 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const seen: NetworkProgress[] = [];
    const resumed = await resume({ onProgress: (step) => seen.push(step) });
    expect(seen.flatMap((step) => (step.phase === 'epochs' ? [step.epoch] : []))).toEqual([2]);
    expect(seen.some(({ phase }) => phase === 'masks')).toBe(false);
    expect(resumed.record.history).toEqual(retrained.record.history);
    expect(resumed.digest).toBe(retrained.digest);
  }, 240_000);

  it('learns from what is settled now, and not again from what is no longer', async () => {
    const [first, withdrawn, ...others] = free();
    if (!first || !withdrawn) throw new Error('Every group is reserved.');
    const more = await generatedCorrections(3, inValidation);
    const fresh = more.images.filter(({ id, group }) => id.endsWith('-2') && !reservedForTest(group));
    const grown = await retrainNetwork(join(root, 'out'), [{ ...first, weight: 3 }, ...others, ...fresh], {
      dataFolder: ground.dataFolder,
      readFile: more.readFile,
      folder: join(root, 'grown'),
      recipe: TINY_NETWORK_RECIPE,
      engine: 'wasm',
    });
    const ids = [first, ...others, ...fresh].map(({ id }) => id).sort();
    expect(grown.lineage.withdrawn?.map(({ id }) => id)).toEqual([withdrawn.id]);
    expect(grown.lineage.corrections.map(({ id }) => id)).toEqual(ids);
    expect(grown.lineage.corrections.find(({ id }) => id === first.id)?.weight).toBe(3);
    expect(grown.lineage.base).toBe(retrained.digest);
    expect(grown.record.trained).toEqual({ made: 'for a test' });
  }, 120_000);
});

describe('what stops it', () => {
  const copied = async (name: string): Promise<string> => {
    const dir = join(root, name);
    await cp(ground.dataFolder, dir, { recursive: true });
    return dir;
  };

  it('a folder that is not the data of the base, which fields are missing or different, and no file name', async () => {
    const dataFolder = await copied('other');
    const digestOf = (path: string) => ground.split.fields.find((f) => f.path === path)?.sha256.slice(0, 12);
    await rename(join(dataFolder, 'Pre/1.png'), join(dataFolder, 'Pre/moved.png'));
    await writeFile(join(dataFolder, 'Pro/2.png'), await readBytes(join(dataFolder, 'Pro/1.png')));
    await expect(run({ dataFolder })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `The registered folder is not the data of the base: of 20 fields, 1 missing (Pre field ${digestOf('Pre/1.png')}) and 1 with another content (Pro field ${digestOf('Pro/2.png')}). The model's split.json has the file of each.`,
    });
    await expect(run({ dataFolder: join(root, 'nowhere') })).rejects.toThrow(/cannot be read/);
  });

  it('a near-duplicate of a held-out field is left out and named; a group on both sides ends it', async () => {
    const [a, b] = free();
    if (!a || !b) throw new Error('Every group is reserved.');
    const held = ground.split.fields.find(({ side, stage }) => side === 'test' && stage === 'Pre');
    const original = await decodeImage(await readBytes(join(ground.dataFolder, held?.path ?? '')));
    const bytes = await encodePng(turnImage(original, 5));
    const readFile = async (sha256: string) => (sha256 === b.sha256 ? bytes : corrected.readFile(sha256));
    const images = corrected.images.map((image) =>
      image.id === b.id ? { ...image, stage: 'Pre' as const } : image,
    );
    const { lineage, content } = await run({ readFile }, images);
    const against = `Pre field ${held?.sha256.slice(0, 12)}`;
    expect(lineage.quarantined).toEqual([{ id: b.id, against, kind: 'near' }]);
    expect(lineage.corrections.map(({ id }) => id)).not.toContain(b.id);
    expect(String(content.files?.[CARD_FILE])).toContain(`${b.id}: near-duplicate of ${against}`);
    const leak = { name: 'locked/1', group: a.group, sha256: base.digest };
    await expect(run({ lockedImages: [leak] })).rejects.toMatchObject({ code: 'LEAK_FOUND' });
  }, 120_000);

  it('a file that is missing, a field given twice, a mask of another size', async () => {
    const [a] = free();
    if (!a) throw new Error('Every group is reserved.');
    const broken = (change: Partial<CorrectedImage>) => run({}, [{ ...a, ...change }]);
    await expect(broken({ sha256: base.digest })).rejects.toThrow(/^The image of field .* cannot be read/);
    await expect(run({}, [a, a])).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(broken({ masks: { cells: base.digest, nuclei: null } })).rejects.toThrow(
      /^The mask of field/,
    );
    await expect(broken({ weight: 0 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
