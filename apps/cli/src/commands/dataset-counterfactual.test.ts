import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { backgroundStatistics, decodeImage, encodeJpeg, segmentStain } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFixtures } from '../testing/fixtures.ts';
import { NOTICE, runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const copying = (kind: string, out: string, ...more: string[]) => [
  ...['dataset', 'counterfactual', 'data', '--kind', kind, '--donors', 'data', '--out', out],
  ...more,
];
const copy = (...asked: Parameters<typeof copying>) => runHere(copying(...asked), { cwd: root });
const decoded = async (...path: string[]) => decodeImage(await readFile(join(root, ...path)));

describe('dataset counterfactual', () => {
  it('writes every field under its own name, the same twice', async () => {
    const asked = copying('recoloured', 'copies/recoloured', '--json');
    const { status, stdout, stderr } = await runCli(asked, { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: NOTICE });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'recoloured', seed: 1, fields: 12, lossy: 0 });
    await copy('recoloured', 'again');
    for (const stage of MATURITY_STAGES) {
      const names = await readdir(join(root, 'data', stage));
      expect((await readdir(join(root, 'copies', 'recoloured', stage))).sort()).toEqual(names.sort());
      for (const name of names) {
        const [first, second, own] = await Promise.all(
          ['copies/recoloured', 'again', 'data'].map((folder) => readFile(join(root, folder, stage, name))),
        );
        expect(second).toEqual(first);
        expect(first).not.toEqual(own);
      }
    }
  });

  it('gives a field the same copy whatever is copied beside it', async () => {
    await mkdir(join(root, 'part', 'Pre'), { recursive: true });
    await writeFile(
      join(root, 'part', 'Pre', 'Pre-1.png'),
      await readFile(join(root, 'data', 'Pre', 'Pre-1.png')),
    );
    for (const [folder, out] of [
      ['data', 'whole'],
      ['part', 'alone'],
    ] as const) {
      const args = ['--kind', 'recoloured', '--donors', 'data', '--seed', '7', '--out', out];
      await runHere(['dataset', 'counterfactual', folder, ...args], { cwd: root });
    }
    const [whole, alone] = await Promise.all(
      ['whole', 'alone'].map((folder) => readFile(join(root, folder, 'Pre', 'Pre-1.png'))),
    );
    expect(alone).toEqual(whole);
  });

  it('says that JPEG names lose a little, and keeps grey grey', async () => {
    await mkdir(join(root, 'photographs', 'Pro'), { recursive: true });
    const image = await decoded('data', 'Pro', 'Pro-0.png');
    await writeFile(join(root, 'photographs', 'Pro', 'a.jpg'), await encodeJpeg(image, 90));
    const { status, stderr } = await runHere(
      ['dataset', 'counterfactual', 'photographs', '--kind', 'grey', '--out', 'grey'],
      { cwd: root },
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/^1 copies are JPEG/);
    const { data } = await decoded('grey', 'Pro', 'a.jpg');
    expect(data.every((v, i) => v === data[i - (i % 3)])).toBe(true);
  });

  it('takes the cells away, or all but the cells', async () => {
    await copy('cell-less', 'cell-less');
    await copy('cells-only', 'cells-only');
    const without = await decoded('cell-less', 'Benign', 'Benign-0.png');
    expect(segmentStain(without).cell.some((inside) => inside === 1)).toBe(false);
    const only = await decoded('cells-only', 'Benign', 'Benign-0.png');
    expect(backgroundStatistics(only).median).toEqual([128, 128, 128]);
  });

  it('replaces its own copies only, and only when forced', async () => {
    expect((await copy('grey', 'twice')).status).toBe(0);
    expect((await copy('grey', 'twice')).status).toBe(2);
    expect((await copy('grey', 'twice', '--force')).status).toBe(0);
  });

  it('ends with status 1, and no folder, where a file is no image', async () => {
    await mkdir(join(root, 'broken', 'Pro'), { recursive: true });
    await writeFile(join(root, 'broken', 'Pro', 'x.jpg'), 'this is no image');
    const { status, stderr } = await runHere(
      ['dataset', 'counterfactual', 'broken', '--kind', 'grey', '--out', 'none'],
      { cwd: root },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Pro\/x\.jpg: /);
    expect(await readdir(root)).not.toContain('none');
  });
});
