import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hybridConfigOf, loadArtifact } from '../../artifact/index.ts';
import { BOOSTING_GRID, type ClassicalModel, FEATURE_COUNT } from '../../classical/index.ts';
import { parseSplit } from '../../dataset/index.ts';
import { exportOnnx } from '../../export/index.ts';
import { generateField } from '../../generator/index.ts';
import { segmentStain } from '../../segmentation/index.ts';
import { openPredictor } from '../../serving/index.ts';
import type { TrainingProgress } from '../progress.ts';
import { writeDataset } from '../testing-run.ts';
import { classicalCard } from './card.ts';
import { parseClassicalRecord } from './record.ts';
import { type TrainClassicalOptions, trainClassical } from './train-classical.ts';

let folder = '';
let options: Omit<TrainClassicalOptions, 'model' | 'out'>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-classical-'));
  const [data, split] = [join(folder, 'data'), join(folder, 'split.json')];
  await writeFile(split, JSON.stringify(await writeDataset(data)));
  options = { data, split, seed: 3 };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each<ClassicalModel>(['svm', 'xgboost'])('trainClassical %s', (model) => {
  it('writes a whole artifact; a killed run that is resumed ends with the same model', async () => {
    const seen: TrainingProgress[] = [];
    const out = join(folder, model);
    const whole = await trainClassical({ ...options, model, out, onProgress: (p) => seen.push(p) });
    expect([...new Set(seen.map((p) => p.phase))]).toEqual(['fields', 'stages', 'artifact']);
    expect(seen.every((p) => p.done <= p.total)).toBe(true);

    const artifact = await loadArtifact(out);
    expect(artifact.digest).toBe(whole.digest);
    expect(artifact.manifest).toMatchObject({ name: model, architecture: { kind: model } });
    expect(parseClassicalRecord(artifact.manifest.run)).toEqual(whole.run);
    expect(whole.run.data).toMatchObject({
      train: [2, 2, 2, 2],
      validation: [1, 1, 1, 1],
      test: [1, 1, 1, 1],
    });
    expect(artifact.card).toContain(whole.digest);
    expect(artifact.card).toContain('component-circularity');
    expect(await readdir(folder)).not.toContain(`${model}.training`);

    const killed = join(folder, `${model}-killed`);
    const kill = (p: TrainingProgress) => {
      if (p.phase === 'stages' && p.done === 2) throw new Error('killed');
    };
    await expect(trainClassical({ ...options, model, out: killed, onProgress: kill })).rejects.toThrow(
      'killed',
    );
    const again = await trainClassical({ ...options, model, out: killed, resume: true });
    expect(again.digest).toBe(whole.digest);
  });

  it('answers as other models do, with the cells of the stain method and nothing to explain', async () => {
    const predictor = await openPredictor(join(folder, model));
    const { image } = generateField({ seed: 9, stage: 'Pre' });
    const [prediction] = await predictor.predict([image], { explain: true });
    await predictor.close();
    expect(prediction).toMatchObject({ explanation: null, analysis: { versions: { modelName: model } } });
    expect(prediction?.features).toHaveLength(FEATURE_COUNT);
    expect(prediction?.analysis.cells).toBeGreaterThan(0);
    expect(prediction?.analysis.whiteCells?.every(({ contributions }) => contributions === null)).toBe(true);
    const found = prediction?.mask.reduce((n, value) => n + (value > 0 ? 1 : 0), 0) ?? 0;
    const stain = segmentStain(image).cell.reduce((n, value) => n + value, 0);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(1.05 * stain);
  });

  it('says in one sentence what takes a network', async () => {
    const artifact = await loadArtifact(join(folder, model));
    const sentence = `The model ${model} is no network (${model}): only a hybrid network can be exported.`;
    expect(() => hybridConfigOf(artifact.manifest, 'exported')).toThrow(sentence);
    expect(() => exportOnnx(artifact)).toThrow(sentence);
  });

  it('makes no card of a record that lacks a figure', async () => {
    const { manifest } = await loadArtifact(join(folder, model));
    const { trainAccuracy: _left, ...record } = parseClassicalRecord(manifest.run);
    expect(() => classicalCard(manifest, record)).toThrow(/lacks trainAccuracy/);
  });
});

it('searches the settings of the trees and says in the card how each did', async () => {
  const { manifest, card } = await loadArtifact(join(folder, 'xgboost'));
  const { fit } = parseClassicalRecord(manifest.run);
  if (fit.kind !== 'xgboost') throw new Error('trees were trained');
  expect(fit.search).toHaveLength(BOOSTING_GRID.length);
  const [chosen] = fit.search;
  expect(chosen?.loss).toBe(Math.min(...fit.search.map(({ loss }) => loss)));
  const { depth, rate, subsample } = chosen ?? {};
  expect(manifest.architecture).toMatchObject({ config: { depth, rate, subsample } });
  for (const point of fit.search)
    expect(card).toContain(`| ${point.depth} | ${point.rate} | ${point.subsample} |`);
});

it.each<ClassicalModel>(['svm', 'xgboost'])(
  'keeps what a killed search of %s has measured',
  async (model) => {
    const out = join(folder, `${model}-kept`);
    const kill = (p: TrainingProgress) => {
      if (p.phase === 'stages' && p.done === 5) throw new Error('killed');
    };
    const asked = { ...options, model, out };
    await expect(trainClassical({ ...asked, onProgress: kill })).rejects.toThrow('killed');
    expect(await readdir(`${out}.training`)).toEqual(
      expect.arrayContaining(['config.json', 'features.safetensors', 'search.json']),
    );
    await expect(trainClassical({ ...asked, seed: 4, resume: true })).rejects.toThrow(
      /another configuration/,
    );
    const split = join(folder, `${model}-other.json`);
    const { fields, ...made } = parseSplit(await readFile(options.split ?? '', 'utf8'));
    await writeFile(split, JSON.stringify({ ...made, fields: fields.toReversed().slice(1) }));
    await expect(trainClassical({ ...asked, split, resume: true })).rejects.toThrow(/on another split/);
  },
);
