import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySplit } from '../dataset/index.ts';
import { openPredictor, type Predictor } from '../serving/index.ts';
import { predictRows } from './predict-rows.ts';
import { writeTestSide, writeTinyArtifact } from './testing.ts';

let root = '';
let predictor: Predictor;
let fields: Awaited<ReturnType<typeof verifySplit>>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-rows-'));
  const split = await writeTestSide(join(root, 'data'), 3);
  fields = await verifySplit(join(root, 'data'), split);
  await writeTinyArtifact(join(root, 'model'), { whole: true });
  predictor = await openPredictor(join(root, 'model'), { threads: 1 });
});
afterAll(async () => {
  await predictor.close();
  await rm(root, { recursive: true, force: true });
});

describe('predictRows', () => {
  it('answers chunk by chunk what it answers field by field, in order', async () => {
    const shown: string[] = [];
    const done: number[] = [];
    const rows = await predictRows(
      predictor,
      fields,
      (n) => done.push(n),
      (image, { path }) => {
        shown.push(path);
        return image;
      },
    );
    expect(shown).toEqual(fields.map(({ path }) => path));
    expect(done).toEqual([8, 12]);
    for (const [i, field] of fields.entries())
      expect(await predictRows(predictor, [field], () => {})).toEqual([rows[i]]);
  });

  it('ends with the failure of a field of the next chunk', async () => {
    const last = fields.at(-1)?.path;
    const rows = predictRows(
      predictor,
      fields,
      () => {},
      (image, { path }) => {
        if (path === last) throw new Error(`${path} cannot be shown`);
        return image;
      },
    );
    await expect(rows).rejects.toThrow('cannot be shown');
  });
});
