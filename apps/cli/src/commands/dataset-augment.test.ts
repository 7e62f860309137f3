import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, RESEARCH_NOTICE } from '@blastwise/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
  await runHere(['dataset', 'split', 'data', '--strategy', 'random', '--out', 'split.json'], { cwd: root });
  const split = z
    .looseObject({ fields: z.array(z.looseObject({ path: z.string(), stage: z.string() })) })
    .parse(JSON.parse(await readFile(join(root, 'split.json'), 'utf8')));
  // Two fields of each stage to train on, of Early one; the rest to test.
  const trains = (path: string, stage: string) =>
    path.endsWith('-0.png') || (stage !== 'Early' && path.endsWith('-1.png'));
  const fields = split.fields.map((f) => ({ ...f, side: trains(f.path, f.stage) ? 'train' : 'test' }));
  await writeFile(join(root, 'split.json'), JSON.stringify({ ...split, fields }));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const augmenting = (...more: string[]) => ['dataset', 'augment', 'data', '--split', 'split.json', ...more];
const augment = (...more: string[]) => runHere(augmenting(...more), { cwd: root });

describe('dataset augment', () => {
  it('writes a sheet that carries its pictures, and a balanced folder that says what its copies are of', async () => {
    const asked = augmenting('--sheet', 'sheet.html', '--fields', '1', '--out', 'even', '--json');
    const { status, stdout, stderr } = await runCli(asked, { cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: `For ${RESEARCH_NOTICE}.\n` });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      set: 'ours',
      perStage: MATURITY_STAGES.map((stage) => ({
        stage,
        fields: stage === 'Early' ? 1 : 2,
        copies: stage === 'Early' ? 1 : 0,
      })),
      copies: [{ from: 'Early/Early-0.png', path: 'Early/Early-0.png~ours-1.png' }],
    });
    const html = await readFile(join(root, 'sheet.html'), 'utf8');
    // Four fields: each as it is read, six published copies, six views of ours.
    expect(html.match(/<img src="data:image\/webp/g)).toHaveLength(4 * 13);
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
    const record = JSON.parse(await readFile(join(root, 'even', 'augmentation.json'), 'utf8'));
    expect(record).toMatchObject({ set: 'ours', seed: 1, copies: result.copies, notice: expect.any(String) });
    expect(existsSync(join(root, 'even', 'Early', 'Early-0.png~ours-1.png'))).toBe(true);

    expect((await augment('--out', 'even')).status).toBe(2);
    const again = await augment('--out', 'even', '--set', 'published', '--force');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('copies (published)');
    expect(existsSync(join(root, 'even', 'Early', 'Early-0.png~ours-1.png'))).toBe(false);
  });

  it.each([
    ['nothing to write', [], /Name --sheet, --out or both/],
    ['a folder of something else', ['--out', 'images', '--force'], /holds something else/],
    ['a set that nobody has', ['--out', 'x', '--set', 'theirs'], /published, ours/],
  ])('refuses %s before any work', async (_, more, sentence) => {
    await mkdir(join(root, 'images'), { recursive: true });
    const { status, stderr } = await augment(...more);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});
