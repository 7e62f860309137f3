import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STUDY_COSTS } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Split, verifySplit } from '../dataset/index.ts';
import { CONDITIONS } from '../robustness/index.ts';
import { findExternalSets } from './external-sets.ts';
import { type EvidenceProgress, measureEvidence } from './measure-evidence.ts';
import { evidenceSchema } from './schema.ts';
import { writeExternalSets, writeTestSide, writeTinyArtifact } from './testing.ts';

let root = '';
let split: Split;
const at = (name: string) => join(root, name);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-evidence-'));
  split = await writeTestSide(at('data'), 1);
  await writeExternalSets(at('external'));
  const learned: Split = {
    ...split,
    fields: split.fields.map((f, i) => ({ ...f, side: i < 3 ? 'train' : 'test' })),
  };
  await writeTinyArtifact(at('whole'), { whole: true, split: learned });
  await writeTinyArtifact(at('older'), { whole: false });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const options = async () => ({
  fields: await verifySplit(at('data'), split),
  costs: STUDY_COSTS,
  seed: 2,
});

describe('measureEvidence', () => {
  it('measures every part of a whole model on fields and foreign sets, step by step', async () => {
    const seen: EvidenceProgress[] = [];
    const evidence = await measureEvidence(at('whole'), {
      ...(await options()),
      external: await findExternalSets(at('external')),
      onProgress: (p) => seen.push(p),
    });
    expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
    expect(evidence.side).toEqual({ name: 'test', fields: 4, groups: 4, learnedFrom: 3 });
    expect(evidence.fieldOverCells).toMatchObject({ n: 4, groups: 4 });
    expect(evidence.robustness.rows.map(({ condition }) => condition)).toEqual([null, ...CONDITIONS]);
    expect(evidence.novelty).toMatchObject({
      fields: { n: 4 },
      recoloured: { n: 4 },
      pbc: { n: 2 },
      bccd: { n: 1 },
    });
    expect(evidence.novelty?.pbc?.kinds.map(({ kind }) => kind)).toEqual(['lymphocyte', 'monocyte']);
    expect(evidence.masks.hand?.sets.map(({ set, n }) => [set, n])).toEqual([
      ['all', 2],
      ['large', 1],
      ['small', 1],
    ]);
    expect(evidence.masks.hand?.sets[0]?.methods.unet.nucleus).not.toBeNull();
    expect(evidence.masks.boxes?.truth).toBeGreaterThan(0);
    expect(evidence.masks.coverage.stages).toHaveLength(4);
    expect(seen.every((p, i) => p.done >= (seen[i - 1]?.done ?? 0) && p.done <= p.total)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ part: 'explanation', done: seen.at(-1)?.total });
    // Two parts are measured at a time; each is told of once, in this order.
    const told = seen.map(({ part }) => part).filter((part, i, all) => part !== all[i - 1]);
    const order = ['fieldOverCells', 'robustness', 'novelty', 'coverage', 'hand', 'boxes', 'explanation'];
    expect(told).toEqual(order.filter((part) => told.some((name) => name === part)));
    expect(told[0]).toBe('fieldOverCells');
  });

  it('ends with the first failure and measures nothing after it', async () => {
    let steps = 0;
    const measured = measureEvidence(at('whole'), {
      ...(await options()),
      external: await findExternalSets(at('external')),
      onProgress: () => {
        steps++;
        if (steps === 3) throw new Error('told no more');
      },
    });
    await expect(measured).rejects.toThrow('told no more');
    expect(steps).toBe(3);
  });

  it('says null for what a model or a set is not there for, and the same twice', async () => {
    const { fields, ...rest } = await options();
    const some = fields.slice(0, 2);
    const measure = async () =>
      measureEvidence(at('older'), { ...rest, fields: some, external: await findExternalSets() });
    const evidence = await measure();
    expect(evidence).toMatchObject({
      novelty: null,
      masks: { hand: null, boxes: null },
      side: { learnedFrom: null },
    });
    for (const { methods } of evidence.masks.coverage.stages) expect(methods.unet.nucleus).toBeNull();
    expect(await measure()).toEqual(evidence);
  });

  it.each([
    ['no field', () => false, 'no field'],
    ['one stage alone', (stage: string) => stage === 'Pre', 'All fields are Pre'],
  ])('refuses %s', async (_, keep, message) => {
    const { fields, ...rest } = await options();
    const some = fields.filter(({ stage }) => keep(stage));
    const measured = measureEvidence(at('older'), {
      ...rest,
      fields: some,
      external: await findExternalSets(),
    });
    await expect(measured).rejects.toThrow(message);
  });
});
