import { rm } from 'node:fs/promises';
import { CONDITIONS } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const common = ['--data', 'data', '--model', 'model', '--sample', '2', '--seed', '2'];

describe('explain check', () => {
  it('gives both checks with their intervals', async () => {
    const { status, stdout } = await runCli(['explain', 'check', ...common, '--json'], { cwd: root });
    expect(status).toBe(0);
    const { randomisation, energy, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({ model: 'untrained', fields: 2, seed: 2, notice: expect.any(String) });
    expect(Object.keys(randomisation)).toEqual(['head', 'upper']);
    expect(energy.cellArea).toMatchObject({
      mean: expect.any(Number),
      lower: expect.any(Number),
      upper: expect.any(Number),
    });
  });
});

describe('robustness', () => {
  it('scores every condition beside the fields as they are', async () => {
    const { status, stdout } = await runCli(['robustness', ...common, '--json'], { cwd: root });
    expect(status).toBe(0);
    const { rows, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({ model: 'untrained', n: 2, seed: 2 });
    expect(rows.map((row: { condition: unknown }) => row.condition)).toEqual([null, ...CONDITIONS]);
    for (const row of rows) expect(row).toMatchObject({ n: 2, accuracy: expect.any(Number) });
  }, 180_000);
});

it.each([['robustness'], ['explain check']])('%s refuses a side without a split', async (command) => {
  const args = [...command.split(' '), '--data', 'data', '--side', 'train'];
  expect(await runHere(args, { cwd: root })).toMatchObject({ status: 2, stdout: '' });
});
