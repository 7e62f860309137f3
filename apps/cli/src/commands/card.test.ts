import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ArtifactContent,
  evidenceSchema,
  loadArtifact,
  type Split,
  STARTER_DIR,
  saveArtifact,
  splitSchema,
} from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
const at = (...path: string[]) => join(root, ...path);
const card = (...args: string[]) => runHere(['card', ...args], { cwd: root });

/** The fixtures' model with the record of the starter's run, as if it had been trained. */
async function saveTrained(name: string, files: NonNullable<ArtifactContent['files']>): Promise<void> {
  const [{ manifest, weights }, starter] = [await loadArtifact(at('model')), await loadArtifact(STARTER_DIR)];
  const { run } = starter.manifest;
  await saveArtifact(at(name), { ...manifest, weights: [...weights.values()], run, files });
}

beforeAll(async () => {
  root = await makeFixtures();
  await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'split.json'], { cwd: root });
  const made = splitSchema.parse(JSON.parse(await readFile(at('split.json'), 'utf8')));
  // Of two stages: every field of the test side is read some forty times.
  const sideOf = (path: string) => (/(?:Benign|Pro)-2\.png$/.test(path) ? 'test' : 'train');
  const split: Split = { ...made, fields: made.fields.map((f) => ({ ...f, side: sideOf(f.path) })) };
  await writeFile(at('split.json'), JSON.stringify(split));
  await saveTrained('trained', { 'MODEL_CARD.md': '# Old\n', 'split.json': JSON.stringify(split) });
  await saveTrained('splitless', {});
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('card', () => {
  it('measures the evidence on the test side of the own split, keeps it, and writes the card anew', async () => {
    const before = await loadArtifact(at('trained'));
    const asked = ['card', 'trained', '--data', 'data', '--seed', '3', '--json'];
    const { status, stdout, stderr } = await runCli(asked, { cwd: root });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Measuring the field over its cells…\nMeasuring robustness…\n/);
    const { evidence, notice } = JSON.parse(stdout);
    expect(notice).toEqual(expect.any(String));
    expect(evidenceSchema.parse(evidence)).toMatchObject({
      modelDigest: before.digest,
      seed: 3,
      side: { name: 'test', fields: 2, learnedFrom: 0 },
      novelty: null,
      masks: { hand: null, boxes: null },
    });
    const after = await loadArtifact(at('trained'));
    expect(after.digest).toBe(before.digest);
    expect(JSON.parse(new TextDecoder().decode(after.file('evidence.json')))).toEqual(evidence);
    expect(after.card).toContain(before.digest);
    for (const text of ['this model has no novelty score', 'no wbc-segmentation set was given'])
      expect(after.card).toContain(text);
  }, 180_000);

  it('refuses a model whose run left no record, before it measures', async () => {
    const { status, stdout, stderr } = await card('model', '--data', 'data', '--split', 'split.json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('The run record is incomplete: it lacks config.\n');
    expect((await loadArtifact(at('model'))).file('evidence.json')).toBeUndefined();
  });

  it.each([
    ['no artifact', ['--data', 'data']],
    ['an artifact that is not there', ['nowhere', '--data', 'data']],
    ['no data', ['trained']],
    ['sets of other sources where there are none', ['trained', '--data', 'data', '--external', 'images']],
    ['an artifact without a split, and none named', ['splitless', '--data', 'data']],
  ])('ends with status 2 for %s', async (_, args) => {
    const { status, stdout, stderr } = await card(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toMatch(/Measuring/);
  });
});
