import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type decisionSchema,
  MATURITY_STAGES,
  maturityStageSchema,
  STUDY_COSTS,
  stageRecordSchema,
} from '@blastwise/contracts';
import {
  decodeImage,
  encodeJpeg,
  loadArtifact,
  saveArtifact,
  splitSchema,
  turnImage,
} from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFixtures } from '../testing/fixtures.ts';
import { predictionSchema } from '../testing/prediction.ts';
import { NOTICE, runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The model of the fixtures keeps no split. */
const UNKNOWN = `Whether untrained learned from some of the fields that it is judged on is not known.\n${NOTICE}`;

const rate = z.number().min(0).max(1);
const confusionSchema = z.array(z.array(z.int()).length(4)).length(4);
const costScores = {
  totalCost: z.number(),
  averageCost: z.number(),
  costSensitiveAccuracy: z.number(),
  malignantToBenignRate: rate,
  confusion: confusionSchema,
};
const evaluationSchema = z.object({
  model: z.string(),
  n: z.int(),
  groups: z.int(),
  accuracy: rate,
  macroF1: rate,
  weightedF1: rate,
  costWeightedF1: rate,
  kappa: z.number(),
  ece: rate,
  brier: z.number(),
  nll: z.number(),
  ...costScores,
  perClass: stageRecordSchema(z.object({ precision: rate, recall: rate, f1: rate, n: z.int() })),
  minimumRisk: z.object(costScores),
  selective: z.object({
    deferredShare: rate,
    averageCostKept: z.number().nullable(),
    accuracyKept: rate.nullable(),
  }),
  notAssessable: z.int(),
  constant: z.object({ stage: maturityStageSchema, averageCost: z.number() }),
  intervals: z.record(z.string(), z.object({ lower: z.number(), upper: z.number() })),
  level: z.literal(0.95),
  learnedFrom: z.int().nonnegative().nullable(),
});

const copySchema = z.object({
  n: z.int(),
  groups: z.int(),
  accuracy: rate,
  totalCost: z.number(),
  averageCost: z.number(),
  malignantToBenignRate: rate,
  confusion: confusionSchema,
  notAssessable: z.int(),
  deferredShare: rate,
  intervals: z.record(
    z.enum(['accuracy', 'totalCost', 'averageCost', 'malignantToBenignRate', 'deferredShare']),
    z.object({ lower: z.number(), upper: z.number(), method: z.enum(['group-bootstrap', 'zero-errors']) }),
  ),
});
const copiesSchema = z.strictObject({
  recoloured: copySchema,
  grey: copySchema,
  'cell-less': copySchema,
  'cells-only': copySchema,
});

const emptyConfusion = (): number[][] => MATURITY_STAGES.map(() => [0, 0, 0, 0]);

function count(confusion: number[][], actual: number, called: number | undefined): void {
  const row = confusion[actual];
  if (row && called !== undefined) row[called] = (row[called] ?? 0) + 1;
}

function lowest(costs: z.infer<typeof decisionSchema>['expectedCosts']) {
  return MATURITY_STAGES.reduce((best, stage) => (costs[stage] < costs[best] ? stage : best));
}

describe('evaluate', () => {
  it('scores a folder, and one side of a split, the same twice', async () => {
    const args = ['evaluate', '--model', 'model', '--data', 'data', '--json'];
    const { status, stdout, stderr } = await runCli(args, { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: UNKNOWN });
    const all = evaluationSchema.parse(JSON.parse(stdout));
    expect(all.n).toBe(12);
    expect((await runHere(args, { cwd: root })).stdout).toBe(stdout);

    await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'r.json'], { cwd: root });
    const side = await runHere([...args, '--split', 'r.json', '--side', 'train'], { cwd: root });
    const train = evaluationSchema.parse(JSON.parse(side.stdout));
    expect(MATURITY_STAGES.map((stage) => train.perClass[stage].n)).toEqual([2, 2, 2, 2]);
  });

  it('agrees with predict, field by field, and weighs rows of the true stage by the costs it is given', async () => {
    const matrix = [
      [0, 10, 20, 30],
      [40, 0, 15, 25],
      [60, 15, 0, 10],
      [90, 25, 10, 0],
    ];
    await writeFile(join(root, 'asymmetric.json'), JSON.stringify({ ...STUDY_COSTS, matrix }));
    const fields = MATURITY_STAGES.flatMap((stage) =>
      [0, 1, 2].map((i) => `data/${stage}/${stage}-${i}.png`),
    );
    const options = ['--model', 'model', '--costs', 'asymmetric.json', '--json'];
    const predicted = await runHere(['predict', ...options, ...fields], { cwd: root });
    const evaluated = await runHere(['evaluate', ...options, '--data', 'data'], { cwd: root });
    const lines = predicted.stdout.trimEnd().split('\n');
    const [most, cheapest] = [emptyConfusion(), emptyConfusion()];
    let [totalCost, chosenCost, nll] = [0, 0, 0];
    lines.forEach((line, i) => {
      const { stage, probabilities, decision } = predictionSchema.parse(JSON.parse(line));
      const actual = Math.floor(i / 3);
      const [called, chosen] = [stage, lowest(decision.expectedCosts)].map((s) => MATURITY_STAGES.indexOf(s));
      count(most, actual, called);
      count(cheapest, actual, chosen);
      totalCost += matrix[actual]?.[called ?? 0] ?? 0;
      chosenCost += matrix[actual]?.[chosen ?? 0] ?? 0;
      nll -= Math.log(Object.values(probabilities)[actual] ?? 0) / fields.length;
    });
    const result = evaluationSchema.parse(JSON.parse(evaluated.stdout));
    expect(result.confusion).toEqual(most);
    expect(result.totalCost).toBe(totalCost);
    expect(result.averageCost).toBeCloseTo(totalCost / 12, 12);
    expect(result.minimumRisk).toMatchObject({ confusion: cheapest, totalCost: chosenCost });
    expect(result.nll).toBeCloseTo(nll, 6);
    // Three fields a stage: Benign for all costs 3 * 190, Early 150, Pre 135, Pro 195.
    expect(result.constant).toEqual({ stage: 'Pre', averageCost: 135 / 12 });
  });

  it('scores the counterfactual copies under one more key, when asked', async () => {
    const args = ['evaluate', '--model', 'model', '--data', 'data', '--json'];
    const plain = await runHere(args, { cwd: root });
    const asked = await runHere([...args, '--counterfactuals'], { cwd: root });
    expect({ status: asked.status, stderr: asked.stderr }).toEqual({ status: 0, stderr: UNKNOWN });
    const { counterfactuals, ...others } = z
      .looseObject({ counterfactuals: copiesSchema })
      .parse(JSON.parse(asked.stdout));
    expect(others).toEqual(JSON.parse(plain.stdout));
    expect(counterfactuals['cell-less']).toMatchObject({ n: 12, deferredShare: expect.any(Number) });
  });

  it('says how many of the judged fields the model learned from', async () => {
    await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'own.json'], { cwd: root });
    const made = splitSchema.parse(JSON.parse(await readFile(join(root, 'own.json'), 'utf8')));
    // Of three fields a stage none is left for the test.
    const fields = made.fields.map((f) => ({ ...f, side: f.side === 'validation' ? 'test' : f.side }));
    const split = JSON.stringify({ ...made, fields });
    await writeFile(join(root, 'own.json'), split);
    const { manifest, weights } = await loadArtifact(join(root, 'model'));
    const content = { ...manifest, weights: [...weights.values()], files: { 'split.json': split } };
    await saveArtifact(join(root, 'taught'), content);
    const args = ['evaluate', '--model', 'taught', '--data', 'data', '--split', 'own.json', '--json'];
    const judged = await runHere([...args, '--side', 'test'], { cwd: root });
    expect(JSON.parse(judged.stdout)).toMatchObject({ n: 4, learnedFrom: 0 });
    expect(judged.stderr).not.toMatch(/learned/);
    const learned = await runHere([...args, '--side', 'train'], { cwd: root });
    expect(JSON.parse(learned.stdout)).toMatchObject({ n: 8, learnedFrom: 8 });
    expect(learned.stderr).toContain('untrained learned from 8 of the 8 fields that it is judged on');
  });

  it('refuses a split whose sides share a picture under another name and group, and names the pair', async () => {
    await cp(join(root, 'data'), join(root, 'copied'), { recursive: true });
    const original = await readFile(join(root, 'data', 'Pro', 'Pro-0.png'));
    const copy = await encodeJpeg(turnImage(await decodeImage(original), 1), 70);
    await writeFile(join(root, 'copied', 'Pro', 'copy.jpg'), copy);
    const fields = await Promise.all(
      [...MATURITY_STAGES.map((stage) => `${stage}/${stage}-0.png`), 'Pro/copy.jpg'].map(async (path) => {
        const sha256 = createHash('sha256')
          .update(await readFile(join(root, 'copied', path)))
          .digest('hex');
        const side = path === 'Pro/copy.jpg' ? 'train' : 'test';
        return { path, stage: maturityStageSchema.parse(path.split('/')[0]), side, group: path, sha256 };
      }),
    );
    const split = { version: 1, strategy: 'grouped', seed: 1, fields };
    await writeFile(join(root, 'leaks.json'), JSON.stringify(split));
    await writeFile(join(root, 'by-chance.json'), JSON.stringify({ ...split, strategy: 'random' }));
    const asked = ['--data', 'copied', '--split', 'leaks.json'];
    for (const command of [
      ['evaluate', '--model', 'model'],
      ['gate', '--champion', 'model', '--challenger', 'model'],
      ['models', 'lock', 'model'],
      ['train', '--model', 'svm', '--out', 'leaky'],
      ['compare', '--models', 'svm', '--out', 'leaky'],
    ]) {
      const { status, stderr } = await runHere([...command, ...asked], { cwd: root });
      expect(status, command.join(' ')).toBe(1);
      expect(stderr).toContain('Pro/Pro-0.png (test) and Pro/copy.jpg (train), near-duplicates.');
    }
    const { status, stderr } = await runHere(
      ['evaluate', '--model', 'model', '--data', 'copied', '--split', 'by-chance.json', '--json'],
      { cwd: root },
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^The split is random, and pairs on two sides show the same: 1 \(Pro\/Pro-0\.png and Pro\/copy\.jpg the first\)/,
    );
  }, 120_000);

  it('refuses a field that is not the one that was split', async () => {
    await mkdir(join(root, 'other'));
    await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'other/r.json'], {
      cwd: root,
    });
    const file = join(root, 'other', 'r.json');
    const split = splitSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const fields = split.fields.map((field) => ({ ...field, sha256: '0'.repeat(64) }));
    await writeFile(file, JSON.stringify({ ...split, fields }));
    const { status, stderr } = await runHere(
      ['evaluate', '--model', 'model', '--data', 'data', '--split', 'other/r.json', '--side', 'train'],
      { cwd: root },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/its content differs/);
  });
});
