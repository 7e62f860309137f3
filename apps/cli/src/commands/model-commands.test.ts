import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, RESEARCH_NOTICE, STUDY_COSTS } from '@blastwise/contracts';
import { decodeImage, splitSchema } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFixtures } from '../testing/fixtures.ts';
import { predictionSchema } from '../testing/prediction.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('predict', () => {
  it('writes one JSON line an image, in order, goes on after a bad one, and ends with 1', async () => {
    const images = ['images/good.png', 'images/text.jpg', 'images/missing.png', 'data/Pro/Pro-1.png'];
    const { status, stdout } = await runCli(
      [
        ...['predict', '--model', 'model', '--json'],
        ...['--mask-dir', 'out/masks', '--heatmap-dir', 'out/heat', ...images],
      ],
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

    expect((await readdir(join(root, 'out', 'heat'))).sort()).toEqual(['Pro-1.png', 'good.png']);
    const header = await readFile(join(root, 'out', 'heat', 'good.png'));
    const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
    // Depth 8, colour type 0: 8-bit grey.
    expect([width, height, header[24], header[25]]).toEqual([320, 240, 8, 0]);
  });

  it('decides under the costs it is given', async () => {
    const [r0, r1, r2] = STUDY_COSTS.matrix;
    // Calling anything but Pro costs a thousand where it is Pro: Pro it is, unless Pro is out of the question.
    const costs = { ...STUDY_COSTS, matrix: [r0, r1, r2, [1e6, 1e6, 1e6, 0]], referralCost: 0 };
    await writeFile(join(root, 'costs.json'), JSON.stringify(costs));
    const { status, stdout } = await runHere(
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
    const { status, stderr } = await runHere(['predict', '--costs', 'negative.json', 'images/good.png'], {
      cwd: root,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/cannot be negative/);
  });

  it('names what is wrong with a model folder and ends with 1', async () => {
    const { status, stdout, stderr } = await runHere(['predict', '--model', 'images', 'images/good.png'], {
      cwd: root,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/model\.json/);
  });
});

describe('dataset', () => {
  it('inspects, with plots and pictures in a report that needs nothing from elsewhere', async () => {
    await copyFile(join(root, 'data/Pro/Pro-1.png'), join(root, 'data/Pro/<b>&.png'));
    await mkdir(join(root, 'data/Segmented/Pro'), { recursive: true });
    await copyFile(join(root, 'data/Pro/Pro-1.png'), join(root, 'data/Segmented/Pro/Pro-1.png'));
    const args = ['dataset', 'inspect', 'data', '--json', '--report', 'reports/data.html'];
    const { status, stdout, stderr } = await runCli(args, { cwd: root });
    await rm(join(root, 'data/Pro/<b>&.png'));
    await rm(join(root, 'data/Segmented'), { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: `For ${RESEARCH_NOTICE}.\n` });
    expect(JSON.parse(stdout)).toMatchObject({
      fields: 13,
      sizes: { '224 x 224': 13 },
      stain: MATURITY_STAGES.map((stage) => ({
        stage,
        whiteCells: [expect.any(Number), expect.any(Number), expect.any(Number)],
      })),
      scaleBar: MATURITY_STAGES.map((stage) => ({ stage, scaleBar: { white: 0, red: 0, none: 1 } })),
      // Too few groups for five folds.
      backgroundNamesStage: null,
      grouping: 'neighbours',
      // Nothing was cut away, and the other stages have no pictures.
      segmented: [
        ...['Benign', 'Early', 'Pre'].map((stage) => ({ stage, files: 0, of: 3, shown: null })),
        { stage: 'Pro', files: 1, of: 4, nearlyEmpty: 0, shown: 1 },
      ],
    });
    const members: Record<string, string[]> = JSON.parse(stdout).members;
    expect(Object.values(members).flat()).toHaveLength(13);
    expect(Object.values(members).find((own) => own.includes('Pro/<b>&.png'))).toContain('Pro/Pro-1.png');
    const html = await readFile(join(root, 'reports', 'data.html'), 'utf8');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Pro/&lt;b&gt;&amp;.png and');
    expect(html).not.toContain('<b>');
    expect(html).not.toMatch(/(?:src|href)="(?!data:image\/webp;base64,)/);
    const [beside, grouped = '', after = ''] = html.split(/<h2>Look-alike groups|<h2>Duplicates/);
    // Every field has a dot.
    expect(beside?.match(/<circle /g)).toHaveLength(13);
    // The copy and its original are a group, wherever else there are any.
    expect(grouped).toMatch(/<h3>Pro-\d+, \d+ fields<\/h3>.*Pro\/&lt;b&gt;&amp;\.png/s);
    // A pair, and every field.
    expect(after.match(/<img [^>]*alt="Field [^"]+"/g)).toHaveLength(15);
    expect((await runHere(args, { cwd: root })).status).toBe(2);
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
    const second = await runHere(args, { cwd: root });
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toMatch(/--force/);
    expect((await runHere([...args, '--force'], { cwd: root })).status).toBe(0);
    expect(await readFile(join(root, 'made', 'split.json'), 'utf8')).toBe(written);
  });
});

describe('segment', () => {
  it.each([
    ['hsv', 'cell', runHere],
    ['stain', 'cell', runHere],
    ['stain', 'nucleus', runHere],
    ['unet', 'cell', runCli],
  ])('writes masks by %s, %s', async (method, channel, run) => {
    const args = ['segment', '--method', method, '--channel', channel, '--model', 'model', '--json'];
    const out = `${method}-${channel}`;
    const images = ['images/good.png', 'images/text.jpg'];
    const { status, stdout } = await run([...args, '--out-dir', out, ...images], { cwd: root });
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
