import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeFeatures, decodeMarks, FEATURES_FILE, loadArtifact, MARKS_FILE } from '../artifact/index.ts';
import { readSplit } from '../dataset/index.ts';
import { EVIDENCE_FILE, parseEvidence } from '../evidence/index.ts';
import { lockedTestOf } from '../judging/index.ts';
import type { TrainingProgress } from './progress.ts';
import { TINY_RECIPE, writeDataset } from './testing-run.ts';
import { type TrainOptions, train } from './train.ts';

let folder = '';
let options: TrainOptions;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-train-'));
  const [data, split] = [join(folder, 'data'), join(folder, 'split.json')];
  await writeFile(split, JSON.stringify(await writeDataset(data)));
  options = {
    model: 'mobilenetv2',
    data,
    split,
    engine: 'wasm',
    seed: 3,
    recipe: TINY_RECIPE,
    out: join(folder, 'whole'),
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('train', () => {
  it('writes a whole artifact; a killed run that is resumed ends with the same history and the same model', async () => {
    const seen: TrainingProgress[] = [];
    const whole = await train({ ...options, onProgress: (p) => seen.push(p) });
    expect([...new Set(seen.map((p) => p.phase))]).toEqual([
      'fields',
      'masks',
      'cache',
      'stages',
      'artifact',
      'evidence',
    ]);
    expect(seen.every((p) => p.done <= p.total && p.secondsLeft >= 0)).toBe(true);

    const artifact = await loadArtifact(whole.dir);
    expect(artifact.digest).toBe(whole.digest);
    expect(artifact.card).toContain(whole.digest);
    expect(artifact.file('history.svg')).toBeDefined();
    const evidence = parseEvidence(JSON.parse(new TextDecoder().decode(artifact.file(EVIDENCE_FILE))));
    expect(evidence).toMatchObject({
      modelDigest: whole.digest,
      side: { name: 'test', fields: 4, learnedFrom: 0 },
      masks: { hand: null, boxes: null },
    });
    const locked = lockedTestOf(artifact);
    expect(locked?.fields).toBe(whole.run.test.n);
    expect(locked?.groups).toBe(whole.run.test.groups);
    const table = decodeFeatures(artifact.file(FEATURES_FILE) ?? new Uint8Array());
    expect(table.sides.filter((s) => s === 'train')).toHaveLength(8);
    expect(table.sides).not.toContain('test');

    const { fields: ownFields } = await readSplit(options.split ?? '');
    const marked = decodeMarks(artifact.file(MARKS_FILE) ?? new Uint8Array());
    expect(marked.map(({ sha256, side, stage }) => ({ sha256, side, stage }))).toEqual(
      ownFields.map(({ sha256, side, stage }) => ({ sha256, side, stage })),
    );
    expect(marked.every(({ marks }) => marks.length > 0)).toBe(true);

    const out = join(folder, 'killed');
    const kill = (p: TrainingProgress) => {
      if (p.phase === 'stages' && p.epoch === 2) throw new Error('killed');
    };
    await expect(train({ ...options, out, onProgress: kill })).rejects.toThrow('killed');
    const other = { ...options, out, resume: true, epochs: 5 };
    await expect(train(other)).rejects.toMatchObject({ code: 'CONFLICT' });
    const otherSplit = join(folder, 'other.json');
    const { fields, ...made } = await readSplit(options.split ?? '');
    await writeFile(otherSplit, JSON.stringify({ ...made, fields: fields.toReversed().slice(1) }));
    await expect(train({ ...options, out, resume: true, split: otherSplit })).rejects.toThrow(
      /started on another split: ask for the same, or start anew with --force/,
    );
    const resumed = await train({ ...options, out, resume: true });
    expect(resumed.run.parts).toEqual(whole.run.parts);
    expect(resumed.run.calibration).toEqual(whole.run.calibration);
    expect(resumed.digest).toBe(whole.digest);
    expect((await readdir(folder)).filter((name) => name.endsWith('.training'))).toEqual([]);
  }, 180_000);

  it.each([
    ['an output that exists', { out: '.' }, 'CONFLICT'],
    ['a missing split', { split: 'nowhere.json' }, 'NOT_FOUND'],
    ['no foreign sets where some are named', { external: '.' }, 'NOT_FOUND'],
    ['a missing folder', { data: 'nowhere' }, 'BAD_INPUT'],
    ['a value out of range', { seed: -1 }, 'BAD_INPUT'],
    [
      'a batch beyond the heap',
      { recipe: { ...TINY_RECIPE, stages: { ...TINY_RECIPE.stages, batch: 256 } } },
      'BAD_INPUT',
    ],
  ])('refuses %s', async (_, wrong, code) => {
    const out = join(folder, 'refused');
    await expect(train({ ...options, out, ...wrong })).rejects.toMatchObject({ code });
  });
});
