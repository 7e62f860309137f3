import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage, RESEARCH_NOTICE, STUDY_COSTS } from '@blastwise/contracts';
import { encodePng, loadArtifact, saveArtifact } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

/** The model of the fixtures, so biased that it calls every field `stage`. */
async function saveModelThatSays(stage: MaturityStage): Promise<void> {
  const { manifest, weights } = await loadArtifact(join(root, 'model'));
  const { architecture, preprocessing, calibration, run } = manifest;
  const [a = 0, b = 0, c = 0, d = 0] = MATURITY_STAGES.map((s) => (s === stage ? 900 : -300));
  await saveArtifact(join(root, stage), {
    ...{ name: stage.toLowerCase(), architecture, preprocessing, run },
    calibration: { ...calibration, bias: [a, b, c, d] },
    weights: [...weights.values()],
  });
}

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
  for (const stage of ['Benign', 'Pre', 'Pro'] as const) await saveModelThatSays(stage);
  await mkdir(join(root, 'pro', 'Pro'), { recursive: true });
  for (let i = 0; i < 12; i++) {
    const { image } = generateField({ seed: i + 1, stage: 'Pro' });
    await writeFile(join(root, 'pro', 'Pro', `Pro-${i}.png`), await encodePng(image));
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

const gateSchema = z.strictObject({
  promote: z.boolean(),
  verdict: z.enum(['promote', 'refuse', 'insufficient-evidence']),
  reasons: z.array(z.string().regex(/\.$/)).min(1),
  costDifference: z.strictObject({ mean: z.number(), lower: z.number(), upper: z.number(), p: z.number() }),
  malignantToBenign: z.strictObject({
    champion: z.number(),
    challenger: z.number(),
    upper: z.number(),
    margin: z.number(),
  }),
  discordantGroups: z.int(),
});

const gate = (champion: string, challenger: string, more: readonly string[], run = runHere) =>
  run(['gate', '--champion', champion, '--challenger', challenger, '--data', ...more], { cwd: root });
async function judged(champion: string, challenger: string, more: readonly string[], run = runHere) {
  const { status, stdout, stderr } = await gate(champion, challenger, [...more, '--json'], run);
  expect({ status, stderr }).toEqual({ status: 0, stderr: `For ${RESEARCH_NOTICE}.\n` });
  return gateSchema.parse(JSON.parse(stdout));
}

describe('gate', () => {
  it('promotes what is proven better and refuses what is worse, with status 0', async () => {
    // Every Pro field called Benign costs 30, called Pro nothing.
    const up = await judged('Benign', 'Pro', ['pro'], runCli);
    const down = await judged('Pro', 'Benign', ['pro']);
    expect(up).toMatchObject({
      ...{ promote: true, verdict: 'promote' },
      costDifference: { mean: -30, lower: -30, upper: -30, p: 2 ** -up.discordantGroups },
      malignantToBenign: { champion: 1, challenger: 0, margin: 0.01 },
    });
    expect(up.malignantToBenign.upper).toBeLessThan(0);
    expect(down).toMatchObject({
      ...{ promote: false, verdict: 'refuse', discordantGroups: up.discordantGroups },
      costDifference: { mean: 30, p: 1 },
      malignantToBenign: { champion: 0, challenger: 1, upper: 1 },
    });
  });

  it('refuses equal models, however cheap errors are', async () => {
    const equal = await judged('model', 'model', ['data', '--margin', '0.9']);
    expect(equal).toMatchObject({
      ...{ promote: false, verdict: 'refuse', discordantGroups: 0 },
      costDifference: { mean: 0, lower: 0, upper: 0, p: 1 },
      malignantToBenign: { margin: 0.9 },
    });
    expect(equal.reasons[1]).toMatch(/^The challenger answers alike/);
    expect(equal.malignantToBenign.champion).toBe(equal.malignantToBenign.challenger);
  });

  it('weighs rows of the true stage by the costs it is given, the same twice', async () => {
    const matrix = [
      [0, 10, 20, 30],
      [40, 0, 15, 25],
      [60, 15, 0, 10],
      [90, 25, 10, 0],
    ];
    await writeFile(join(root, 'asymmetric.json'), JSON.stringify({ ...STUDY_COSTS, matrix }));
    // Three fields a stage: Benign for all costs 3 * (40 + 60 + 90), Pre for all 3 * (20 + 15 + 10).
    const args = ['Benign', 'Pre', ['data', '--costs', 'asymmetric.json', '--seed', '7']] as const;
    const once = await judged(...args);
    expect(once.costDifference.mean).toBeCloseTo(-435 / 12, 12);
    expect(once.malignantToBenign).toMatchObject({ champion: 1, challenger: 0 });
    expect(await judged(...args)).toEqual(once);
  });

  it('takes one side of a split, and explains itself in text', async () => {
    await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'r.json'], { cwd: root });
    const side = ['data', '--split', 'r.json', '--side', 'train'];
    const { status, stdout } = await gate('Benign', 'Pre', side);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Verdict: /);
    // Two fields a stage: 120 for Benign, 90 for Pre.
    expect(stdout).toMatch(/costs 3\.75 less per field than the champion over 8 fields/);
    expect(stdout).toMatch(/groups that differ +\d+ of \d+\n/);
  });

  it('says which model cannot be opened and ends with 1', async () => {
    const { status, stdout, stderr } = await gate('model', 'images', ['data']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The challenger cannot be opened: .*model\.json[^\n]*\n$/);
  });
});
