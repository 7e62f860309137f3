import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decisionSchema,
  MATURITY_STAGES,
  maturityStageSchema,
  STUDY_COSTS,
  sha256Schema,
  stageProbabilitiesSchema,
  stageRecordSchema,
} from '@blastwise/contracts';
import { decodeImage, splitSchema } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFixtures } from './testing/fixtures.ts';
import { runCli } from './testing/run-cli.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const predictionSchema = z.object({
  image: z.string(),
  assessable: z.boolean(),
  stage: maturityStageSchema,
  probabilities: stageProbabilitiesSchema,
  decision: decisionSchema,
  predictionSet: z.null(),
  cells: z.int(),
  maskFraction: z.number().min(0).max(1),
  outOfDistribution: z.null(),
  modelDigest: sha256Schema,
  costMatrixDigest: sha256Schema,
  notice: z.string(),
});

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
});

const emptyConfusion = (): number[][] => MATURITY_STAGES.map(() => [0, 0, 0, 0]);

function count(confusion: number[][], actual: number, called: number | undefined): void {
  const row = confusion[actual];
  if (row && called !== undefined) row[called] = (row[called] ?? 0) + 1;
}

function lowest(costs: z.infer<typeof decisionSchema>['expectedCosts']) {
  return MATURITY_STAGES.reduce((best, stage) => (costs[stage] < costs[best] ? stage : best));
}

describe('usage', () => {
  it.concurrent.each([
    [['--help']],
    [['predict', '--help']],
    [['dataset', '--help']],
    [['dataset', 'split', '--help']],
    [['evaluate', '--help']],
  ])('%j explains itself on stdout with status 0', async (args) => {
    const { status, stdout, stderr } = await runCli(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: blastwise/);
  });

  it.concurrent.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['predict', '--frobnicate', 'a.png']],
    ['no image', ['predict']],
    ['an unknown strategy', ['dataset', 'split', '.', '--strategy', 'odd', '--out', 'x.json']],
    ['a missing option', ['evaluate']],
    ['no such fold', ['dataset', 'split', '.', '--strategy', 'kfold', '--fold', '6', '--out', 'x.json']],
    ['a side without a split', ['evaluate', '--data', '.', '--side', 'test']],
    ['a seed that is no number', ['evaluate', '--data', '.', '--seed', 'x']],
    ['a negative seed', ['train', '--model', 'mobilenetv2', '--data', 'data', '--seed', '-1', '--out', 'm']],
    ['an unknown network', ['train', '--model', 'resnet', '--data', 'data', '--out', 'm']],
    ['an artifact that exists', ['train', '--model', 'mobilenetv2', '--data', 'data', '--out', 'model']],
    [
      'a split that is none',
      ['train', '--model', 'mobilenetv2', '--data', 'data', '--split', 'images/text.jpg', '--out', 'm'],
    ],
    ['no such folder', ['evaluate', '--data', 'nowhere']],
    ['equal mask names', ['predict', '--mask-dir', 'm', 'a/one.png', 'b/one.jpg']],
    ['equal mask names', ['segment', '--method', 'hsv', '--out-dir', 'm', 'a/one.png', 'b/one.jpg']],
    ['nuclei by hsv', ['segment', '--method', 'hsv', '--channel', 'nucleus', '--out-dir', 'm', 'a.png']],
    ['no such costs', ['predict', '--costs', 'nowhere.json', 'a.png']],
    ['a bad e-mail address', ['admin', 'create', '--email', 'x', '--name', 'X']],
  ])('%s ends with status 2 before any work', async (_, args) => {
    const { status, stdout, stderr } = await runCli(args, { cwd: root });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(root, 'm'))).toBe(false);
  });
});

describe('predict', () => {
  it('writes one JSON line an image, in order, goes on after a bad one, and ends with 1', async () => {
    const images = ['images/good.png', 'images/text.jpg', 'images/missing.png', 'data/Pro/Pro-1.png'];
    const { status, stdout } = await runCli(
      ['predict', '--model', 'model', '--json', '--mask-dir', 'out/masks', ...images],
      { cwd: root },
    );
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(status).toBe(1);
    expect(lines).toHaveLength(4);
    expect(predictionSchema.parse(lines[0]).image).toBe(images[0]);
    expect(lines[1]).toEqual({
      image: images[1],
      error: { code: 'NOT_AN_IMAGE', message: expect.stringMatching(/\.$/) },
    });
    expect(lines[2]).toMatchObject({ image: images[2], error: { code: 'NOT_FOUND' } });
    expect(predictionSchema.parse(lines[3]).image).toBe(images[3]);

    const mask = await decodeImage(await readFile(join(root, 'out', 'masks', 'good.png')));
    expect([mask.width, mask.height]).toEqual([320, 240]);
    expect(mask.data.every((value) => value === 0 || value === 255)).toBe(true);
  });

  it('decides under the costs it is given', async () => {
    const [r0, r1, r2] = STUDY_COSTS.matrix;
    // Calling anything but Pro costs a thousand where it is Pro: Pro it is, unless Pro is out of the question.
    const costs = { ...STUDY_COSTS, matrix: [r0, r1, r2, [1e6, 1e6, 1e6, 0]], referralCost: 0 };
    await writeFile(join(root, 'costs.json'), JSON.stringify(costs));
    const { status, stdout } = await runCli(
      ['predict', '--model', 'model', '--costs', 'costs.json', '--json', 'images/good.png'],
      { cwd: root },
    );
    const line = predictionSchema.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    if (line.assessable) expect(line.decision.stage).toBe('Pro');
    expect(line.decision.defer).toBe(true);
    expect(line.decision.reasons).toContain('expected-cost-above-referral');
  });

  it('refuses a matrix with a negative cost in one sentence', async () => {
    const costs = { ...STUDY_COSTS, matrix: [[0, -1, 1, 1], ...STUDY_COSTS.matrix.slice(1)] };
    await writeFile(join(root, 'negative.json'), JSON.stringify(costs));
    const { status, stderr } = await runCli(['predict', '--costs', 'negative.json', 'images/good.png'], {
      cwd: root,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/cannot be negative/);
  });

  it('names what is wrong with a model folder and ends with 1', async () => {
    const { status, stdout, stderr } = await runCli(['predict', '--model', 'images', 'images/good.png'], {
      cwd: root,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/model\.json/);
  });
});

describe('dataset', () => {
  it('inspects', async () => {
    const { status, stdout, stderr } = await runCli(['dataset', 'inspect', 'data', '--json'], { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ fields: 12, sizes: { '224 x 224': 12 } });
  });

  it('splits, and refuses to overwrite without --force', async () => {
    const args = [
      'dataset',
      'split',
      'data',
      '--strategy',
      'grouped',
      '--seed',
      '3',
      '--out',
      'made/split.json',
    ];
    const first = await runCli(args, { cwd: root });
    expect(first.status).toBe(0);
    const written = await readFile(join(root, 'made', 'split.json'), 'utf8');
    expect(splitSchema.parse(JSON.parse(written))).toMatchObject({ strategy: 'grouped', seed: 3 });
    const second = await runCli(args, { cwd: root });
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toMatch(/--force/);
    expect((await runCli([...args, '--force'], { cwd: root })).status).toBe(0);
    expect(await readFile(join(root, 'made', 'split.json'), 'utf8')).toBe(written);
  });
});

describe('evaluate', () => {
  it('scores a folder, and one side of a split, the same twice', async () => {
    const args = ['evaluate', '--model', 'model', '--data', 'data', '--json'];
    const { status, stdout, stderr } = await runCli(args, { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const all = evaluationSchema.parse(JSON.parse(stdout));
    expect(all.n).toBe(12);
    expect((await runCli(args, { cwd: root })).stdout).toBe(stdout);

    await runCli(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'r.json'], { cwd: root });
    const side = await runCli([...args, '--split', 'r.json', '--side', 'train'], { cwd: root });
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
    const [predicted, evaluated] = await Promise.all([
      runCli(['predict', ...options, ...fields], { cwd: root }),
      runCli(['evaluate', ...options, '--data', 'data'], { cwd: root }),
    ]);
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

  it('refuses a field that is not the one that was split', async () => {
    await mkdir(join(root, 'other'));
    await runCli(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'other/r.json'], {
      cwd: root,
    });
    const file = join(root, 'other', 'r.json');
    const split = splitSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const fields = split.fields.map((field) => ({ ...field, sha256: '0'.repeat(64) }));
    await writeFile(file, JSON.stringify({ ...split, fields }));
    const { status, stderr } = await runCli(
      ['evaluate', '--model', 'model', '--data', 'data', '--split', 'other/r.json', '--side', 'train'],
      { cwd: root },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/its content differs/);
  });
});

describe('segment', () => {
  it.each([
    ['hsv', 'cell'],
    ['stain', 'cell'],
    ['stain', 'nucleus'],
    ['unet', 'cell'],
  ])('writes masks by %s, %s', async (method, channel) => {
    const args = ['segment', '--method', method, '--channel', channel, '--model', 'model', '--json'];
    const out = `${method}-${channel}`;
    const { status, stdout } = await runCli(
      [...args, '--out-dir', out, 'images/good.png', 'images/text.jpg'],
      {
        cwd: root,
      },
    );
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(status).toBe(1);
    expect(lines[0]).toMatchObject({ image: 'images/good.png', method, channel });
    expect(lines[1]).toMatchObject({ error: { code: 'NOT_AN_IMAGE' } });
    const mask = await decodeImage(await readFile(join(root, out, 'good.png')));
    expect([mask.width, mask.height]).toEqual([320, 240]);
    expect(mask.data.every((value) => value === 0 || value === 255)).toBe(true);
  });
});

describe('export onnx', () => {
  it('writes a checked file', async () => {
    const { status, stdout } = await runCli(
      ['export', 'onnx', 'model', '--out', 'exported/m.onnx', '--json'],
      {
        cwd: root,
      },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ bytes: expect.any(Number) });
    expect(existsSync(join(root, 'exported', 'm.onnx'))).toBe(true);
  });
});
