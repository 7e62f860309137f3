import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attachFiles, decodeMarks, loadArtifact, MARKS_FILE, SPLIT_FILE } from '../artifact/index.ts';
import { type SplitFile, verifySplit } from '../dataset/index.ts';
import { writeTestSide } from '../evidence/testing.ts';
import { writeBase } from '../retraining/testing.ts';
import { attachMarks, markFields } from './index.ts';

let root = '';
let fields: SplitFile[];
const at = (name: string) => join(root, name);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-marking-'));
  fields = await verifySplit(at('data'), await writeTestSide(at('data'), 1));
  await writeBase(at('base'));
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const markedIn = async (dir: string) => {
  const { digest, file } = await loadArtifact(dir);
  return { digest, marked: decodeMarks(file(MARKS_FILE) ?? new Uint8Array()) };
};

it('keeps no field whose content is another than was split', async () => {
  const [first, second] = fields;
  if (!first || !second) throw new Error('There are no fields.');
  const marked = await markFields([first, { ...second, sha256: first.sha256 }]);
  expect(marked).toMatchObject([{ sha256: first.sha256, stage: first.stage, side: 'test' }]);
});

it('attaches the fields of the own split that the folder has, and others, beside those of before; the model stays', async () => {
  const { digest } = await loadArtifact(at('base'));
  const steps: number[] = [];
  const more = await attachMarks(at('base'), at('data'), fields.slice(0, 1), (done) => steps.push(done));
  const { fields: own } = await loadArtifact(at('base')).then(({ file }) =>
    JSON.parse(new TextDecoder().decode(file(SPLIT_FILE))),
  );
  expect(more).toEqual({ fields: 1, missing: own.length });
  expect(steps).toEqual([1]);

  const split = { version: 1, strategy: 'grouped', seed: 1, fields: fields.slice(1) };
  await attachFiles(at('base'), { [SPLIT_FILE]: JSON.stringify(split) });
  await cp(at('data'), at('other'), { recursive: true });
  await writeFile(join(at('other'), fields.at(-1)?.path ?? ''), await readFile(fields[0]?.file ?? ''));
  expect(await attachMarks(at('base'), at('other'), [])).toEqual({ fields: fields.length - 1, missing: 1 });
  expect(await attachMarks(at('base'), at('data'), [])).toEqual({ fields: fields.length, missing: 0 });
  const after = await markedIn(at('base'));
  expect(after.digest).toBe(digest);
  expect(new Set(after.marked.map(({ sha256 }) => sha256))).toEqual(
    new Set(fields.map(({ sha256 }) => sha256)),
  );
});
