import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { loadArtifact, saveArtifact } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFixtures } from '../testing/fixtures.ts';
import { predictionSchema } from '../testing/prediction.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
  // Three fields a stage: 2 train, 1 validation, none to test; the sides are dealt by hand.
  await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'split.json'], { cwd: root });
  const split = z
    .looseObject({ fields: z.array(z.looseObject({ path: z.string(), side: z.string() })) })
    .parse(JSON.parse(await readFile(join(root, 'split.json'), 'utf8')));
  const sides = ['train', 'validation', 'test'];
  const fields = split.fields.map((field, i) => ({ ...field, side: sides[i % 3] }));
  await writeFile(join(root, 'split.json'), JSON.stringify({ ...split, fields }));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const training = (model: string, ...more: string[]) => [
  ...['train', '--model', model, '--data', 'data', '--split', 'split.json'],
  ...more,
];

describe.each(['svm', 'xgboost'])('train --model %s', (model) => {
  it('writes an artifact that evaluate and predict take', async () => {
    const { status, stdout } = await runCli(training(model, '--out', model, '--json'), { cwd: root });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ engine: { name: 'cpu' }, test: { plain: { n: 4 } } });

    const judged = ['evaluate', '--model', model, '--data', 'data', '--split', 'split.json', '--json'];
    const evaluated = await runHere(judged, { cwd: root });
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ model, n: 4 });

    const asked = await runHere(['predict', '--model', model, '--json', 'images/good.png'], { cwd: root });
    const line = predictionSchema.omit({ whiteCells: true }).parse(JSON.parse(asked.stdout));
    expect(MATURITY_STAGES).toContain(line.stage);

    const heat = await runHere(['predict', '--model', model, '--heatmap-dir', 'heat', 'images/good.png'], {
      cwd: root,
    });
    expect(heat).toMatchObject({ status: 1, stdout: '' });
    expect(heat.stderr).toMatch(
      new RegExp(`${model} is no network .*: only a hybrid network can be explained`),
    );
  });

  it('refuses options that only networks have', async () => {
    for (const option of [
      ['--epochs', '3'],
      ['--engine', 'wasm'],
    ]) {
      const { status, stderr } = await runHere(training(model, ...option, '--out', 'm'), { cwd: root });
      expect(status).toBe(2);
      expect(stderr).toContain(`leave out ${option[0]}`);
    }
    expect(existsSync(join(root, 'm'))).toBe(false);
  });
});

describe('compare', () => {
  it('says in every row, and in a note, which model was trained from scratch', async () => {
    const { manifest, weights } = await loadArtifact(join(root, 'model'));
    const run = { config: { initial: { from: 'scratch' } } };
    await saveArtifact(join(root, 'drawn'), {
      ...manifest,
      run,
      weights: [...weights.values()],
      files: {},
    });
    const args = ['compare', '--data', 'data', '--split', 'split.json', '--models', 'drawn,model'];
    const { status, stdout } = await runHere([...args, '--out', 'starts', '--json'], { cwd: root });
    expect(status).toBe(0);
    const { models } = JSON.parse(stdout).splits[0];
    expect(models).toMatchObject([
      { model: 'drawn', start: { from: 'scratch', headOnly: false } },
      { model: 'model', start: null },
    ]);
    const markdown = await readFile(join(root, 'starts', 'comparison.md'), 'utf8');
    // As they are and recoloured in the overview, and the details of the split.
    expect(markdown.match(/^\| drawn \(from scratch\) \|/gm)).toHaveLength(3);
    expect(markdown.match(/^\| model \|/gm)).toHaveLength(3);
    expect(markdown).toMatch(/^- drawn was trained from scratch: there were no ImageNet weights/m);
    const html = await readFile(join(root, 'starts', 'comparison.html'), 'utf8');
    expect(html.match(/<th scope="row(?:group" rowspan="2)?">drawn \(from scratch\)/g)).toHaveLength(2);
  });

  it('trains names, takes artifacts, says what could not be run, and puts the study beside', async () => {
    const args = [
      'compare',
      '--data',
      'data',
      '--split',
      'split.json',
      '--models',
      'svm,xgboost,model,images',
    ];
    const { status, stdout, stderr } = await runCli([...args, '--out', 'compared', '--json'], { cwd: root });
    expect(status).toBe(0);
    expect(stderr).toMatch(/Not run: images\. .*model\.json/);
    const result = JSON.parse(stdout);
    expect(result.splits).toHaveLength(1);
    expect(result.splits[0]).toMatchObject({
      split: 'split',
      strategy: 'random',
      fields: 4,
      models: ['svm', 'xgboost', 'model'].map((model, i) => ({
        model,
        learnedFrom: i === 2 ? null : 0,
        plain: { n: 4 },
        recoloured: { n: 4 },
      })),
      skipped: [{ model: 'images' }],
    });
    const folder = join(root, 'compared');
    const markdown = await readFile(join(folder, 'comparison.md'), 'utf8');
    const rows = markdown
      .split('\n')
      .filter((line) => /^\| (svm|study: SVM|study: ConvNeXt hybrid) \|/.test(line));
    expect(rows.map((line) => line.split('|')[1]?.trim())).toEqual([
      'svm',
      'svm',
      'study: SVM',
      'study: ConvNeXt hybrid',
      'svm',
    ]);
    expect(rows[1]).toContain('| split (random) | 4 recoloured |');
    expect(rows[2]).toContain('| random | 518 as they are | 0.9971 | 0.9517 | 345 | 0.6660 |');
    for (const [, file = ''] of markdown.matchAll(/\]\((plots\/[^)]+)\)/g))
      expect(existsSync(join(folder, file))).toBe(true);
    const html = await readFile(join(folder, 'comparison.html'), 'utf8');
    expect(html).not.toMatch(/(?:src|href)="/);
    expect(html.match(/<svg /g)?.length).toBe(markdown.match(/\]\(plots\//g)?.length);

    const again = await runHere([...args, '--out', 'compared'], { cwd: root });
    expect(again.status).toBe(2);
    const resumed = await runHere([...args, '--out', 'compared', '--resume'], { cwd: root });
    expect(resumed.status).toBe(0);
    expect(resumed.stderr).not.toMatch(/Training/);
  });

  it('trains anew on --resume what was trained under another seed or other costs', async () => {
    const args = ['compare', '--data', 'data', '--split', 'split.json', '--models', 'svm', '--out', 'anew'];
    await runHere(args, { cwd: root });
    const costs = { ...STUDY_COSTS, referralCost: 4 };
    await writeFile(join(root, 'referral.json'), JSON.stringify(costs));
    const configOf = async () =>
      (await loadArtifact(join(root, 'anew', 'models', 'split', 'svm'))).manifest.run.config;
    for (const [more, config] of [
      [['--seed', '2'], { seed: 2, costs: STUDY_COSTS }],
      [['--seed', '2', '--costs', 'referral.json'], { seed: 2, costs }],
    ] as const) {
      const { status, stderr } = await runHere([...args, '--resume', ...more], { cwd: root });
      expect(status).toBe(0);
      expect(stderr).toMatch(/Training svm/);
      expect(await configOf()).toMatchObject(config);
    }
  });

  it('trains a network that has no ImageNet weights from scratch, for as many epochs as it is told', async () => {
    const args = [
      ...['compare', '--data', 'data', '--split', 'split.json', '--models', 'densenet121'],
      ...['--engine', 'onnx', '--epochs', '1', '--mask-epochs', '1', '--out', 'network', '--json'],
    ];
    const { status, stdout, stderr } = await runHere(args, {
      cwd: root,
      env: { BLASTWISE_DATA_DIR: join(root, 'no-weights') },
    });
    expect(stderr).toMatch(/Training densenet121/);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).splits[0]).toMatchObject({
      models: [{ model: 'densenet121', start: { from: 'scratch' }, learnedFrom: 0, plain: { n: 4 } }],
      skipped: [],
    });
    const { run } = (await loadArtifact(join(root, 'network', 'models', 'split', 'densenet121'))).manifest;
    expect(run).toMatchObject({
      config: { masks: { epochs: 1 }, stages: { epochs: 1 }, seed: 1, initial: { from: 'scratch' } },
      engine: { name: 'onnx' },
    });
  }, 240_000);

  it.each([
    ['an unknown model', ['--models', 'svm,resnet'], /resnet is neither/],
    ['one model twice', ['--models', 'svm,svm'], /Two models are called svm/],
    ['one split twice', ['--models', 'svm', '--split', 'split.json'], /Two splits are called split/],
  ])('refuses %s before any work', async (_, more, sentence) => {
    const args = ['compare', '--data', 'data', '--split', 'split.json', ...more, '--out', 'none'];
    const { status, stderr } = await runHere(args, { cwd: root });
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(existsSync(join(root, 'none'))).toBe(false);
  });
});
