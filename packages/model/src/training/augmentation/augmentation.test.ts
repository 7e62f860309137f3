import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSplit, type Side, type Split, type SplitField, verifySplit } from '../../dataset/index.ts';
import { writeDataset } from '../testing-run.ts';
import { AUGMENTATION_SETS } from './augmented-copy.ts';
import { drawSheet } from './contact-sheet.ts';
import { planRebalancing } from './plan.ts';
import { writeRebalanced } from './write-rebalanced.ts';

/** Fields without files: `counts` of each stage on the train side, one each to test. */
const listed = (counts: readonly number[]): SplitField[] =>
  MATURITY_STAGES.flatMap((stage, s) =>
    Array.from({ length: (counts[s] ?? 0) + 1 }, (_, i): SplitField => {
      const side: Side = i === 0 ? 'test' : 'train';
      return { path: `${stage}/${i}.jpg`, stage, side, group: `${stage}-${i}`, sha256: '0'.repeat(64) };
    }),
  );

describe('planRebalancing', () => {
  it('brings every stage to the count of the largest, dealt evenly, from the train side alone', () => {
    const planned = planRebalancing(listed([2, 7, 7, 3]), 'published', 1);
    const of = (stage: MaturityStage) => planned.filter(({ source }) => source.stage === stage);
    expect(MATURITY_STAGES.map((stage) => of(stage).length)).toEqual([5, 0, 0, 4]);
    // Five copies of two fields: three of one, two of the other; four of three: 2, 1, 1.
    const dealt = (stage: MaturityStage) =>
      Object.values(Object.groupBy(of(stage), ({ source }) => source.path)).map((copies) => copies?.length);
    expect([dealt('Benign').sort(), dealt('Pro').sort()]).toEqual([
      [2, 3],
      [1, 1, 2],
    ]);
    expect(planned.every(({ source }) => source.side === 'train')).toBe(true);
    expect(new Set(planned.map(({ path }) => path)).size).toBe(planned.length);
    for (const { source, copy, path } of planned) expect(path).toBe(`${source.path}~published-${copy}.png`);
  });

  it('says which stage has nothing to be copied', () => {
    expect(() => planRebalancing(listed([1, 1, 0, 1]), 'ours', 1)).toThrow(/no Pre field on its train side/);
  });
});

let folder = '';
let split: Split;
const data = () => join(folder, 'data');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-augment-'));
  const made = await writeDataset(data());
  // One of Pro's two fields to train on goes to the test side, so that Pro lacks one.
  const [first] = made.fields.filter(({ stage, side }) => stage === 'Pro' && side === 'train');
  split = {
    ...made,
    fields: made.fields.map((field) => (field === first ? { ...field, side: 'test' } : field)),
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writeRebalanced', () => {
  it.each(AUGMENTATION_SETS)(
    '%s: a folder that verifies, nothing of another side in it twice',
    async (set) => {
      const out = join(folder, set);
      const { perStage, copies } = await writeRebalanced(data(), split, out, { set, seed: 3 });
      expect(perStage.map(({ fields, copies: n }) => [fields, n])).toEqual([
        [2, 0],
        [2, 0],
        [2, 0],
        [1, 1],
      ]);
      const rebalanced = parseSplit(await readFile(join(out, 'split.json'), 'utf8'));
      const files = await verifySplit(out, rebalanced);
      expect(files.map(({ path }) => path).sort()).toEqual(
        [...split.fields, ...copies].map(({ path }) => path).sort(),
      );
      const source = split.fields.find(({ stage, side }) => stage === 'Pro' && side === 'train');
      const copy = files.find(({ path }) => path === copies[0]?.path);
      expect(copies[0]).toMatchObject({ from: source?.path, path: `${source?.path}~${set}-1.png` });
      expect(copy).toMatchObject({ stage: 'Pro', side: 'train', group: source?.group });
      for (const { path } of split.fields)
        expect(await readFile(join(out, path))).toEqual(await readFile(join(data(), path)));

      await writeRebalanced(data(), split, join(folder, `${set}-again`), { set, seed: 3 });
      const pictures = await Promise.all(
        [set, `${set}-again`].map((name) => readFile(join(folder, name, copies[0]?.path ?? ''))),
      );
      expect(pictures[0]).toEqual(pictures[1]);
    },
  );

  it('refuses a split whose sides change from fold to fold, and a file that changed', async () => {
    const options = { set: 'published', seed: 1 } as const;
    await expect(
      writeRebalanced(data(), { ...split, strategy: 'kfold' }, join(folder, 'no'), options),
    ).rejects.toThrow(/split of folds/);
    const fields = split.fields.map((field) => ({ ...field, sha256: field.sha256.replace(/./g, 'a') }));
    await expect(
      writeRebalanced(data(), { ...split, strategy: 'random', fields }, join(folder, 'no'), options),
    ).rejects.toThrow(/its content differs/);
    expect(await readdir(folder)).not.toContain('no');
  });
});

it('a sheet shows fields of the train side under both sets, lent to by the train side', async () => {
  const rows = await drawSheet(data(), split, { perStage: 1, seed: 5 });
  const training = split.fields.filter(({ side }) => side === 'train').map(({ path }) => path);
  expect(rows.map(({ field }) => field.stage)).toEqual([...MATURITY_STAGES]);
  for (const { field, sets } of rows) {
    expect(training).toContain(field.path);
    expect(sets.published.map(({ kind }) => kind)).toEqual(Array(6).fill('published'));
    expect(sets.ours.map(({ kind }) => kind)).toEqual([
      'plain',
      'recoloured',
      'grey',
      'cells-on-foreign',
      'cells-on-colour',
      'cell-less',
    ]);
    const pictures = [...sets.published, ...sets.ours].map(({ image }) =>
      Buffer.from(image.data).toString('base64'),
    );
    expect(new Set(pictures).size).toBe(12);
    for (const { donor } of [...sets.published, ...sets.ours]) if (donor) expect(training).toContain(donor);
    expect(sets.ours.map(({ donor }) => donor !== null)).toEqual([false, true, false, true, true, true]);
  }
});
