import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES, type Role } from '@blastwise/contracts';
import {
  type Actor,
  createDatabase,
  createUser,
  disableUser,
  findModel,
  findUserByEmail,
  type Queryable,
  SYSTEM,
  type UserActor,
} from '@blastwise/db';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { hashPassword } from '@blastwise/db/passwords';
import {
  attachMarks,
  decodeMarks,
  encodeJpeg,
  encodePng,
  loadArtifact,
  lockedTestOf,
  MARKS_FILE,
  type NamedTensor,
  saveArtifact,
} from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actorOf } from '../installation/asker.ts';
import { makeFixtures } from '../testing/fixtures.ts';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
/** Runs beside the commands, as under a running product: else each would start one of its own. */
let server: EmbeddedServer | undefined;
beforeAll(async () => {
  root = await makeFixtures();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(root, { recursive: true, force: true });
});

const ADD = ['models', 'add', '--reason', 'From the second laboratory.'];
const where = () => ({
  cwd: root,
  env: { BLASTWISE_DATA_DIR: join(root, 'installation'), DATABASE_URL: '' },
});
const run = (args: readonly string[]) => runHere(args, where());
const PASSWORD = 'correct horse battery staple';
async function onDatabase(work: (db: Queryable) => Promise<void>): Promise<void> {
  const { db, close } = createDatabase(server?.appUrl ?? '', { max: 2 });
  await work(db).finally(close);
}

it('a model is checked, stored and registered, once', { timeout: 300_000 }, async () => {
  await cp(join(root, 'model'), join(root, 'damaged'), { recursive: true });
  await appendFile(join(root, 'damaged', 'weights.safetensors'), '!');
  expect(await run([...ADD, 'damaged'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('is not the file that was saved'),
  });
  expect(await run([...ADD, 'nowhere'])).toMatchObject({ status: 2 });
  expect((await run(['models', 'list'])).stderr).toMatch(/never been started/);

  const account = ['--email', 'ada@hospital.example', '--name', 'Ada'];
  await runCli(['admin', 'create', ...account], { ...where(), stdin: `${PASSWORD}\n` });
  server = await startEmbedded({ dataDir: join(root, 'installation', 'postgres'), durable: false });
  const { digest } = await loadArtifact(join(root, 'model'));
  const added = { digest, name: 'untrained', state: 'challenger' };
  const byAda = [...ADD, 'model', '--by', 'Ada@hospital.example', '--json'];
  expect(await runCli(byAda, { ...where(), stdin: 'a guess\n' })).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/\nThe e-mail address or the password is not right\.\n$/),
  });
  for (const runOnce of [
    () => runCli(byAda, { ...where(), stdin: `${PASSWORD}\n` }),
    () => run([...ADD, 'model', '--json']),
  ]) {
    const outcome = await runOnce();
    expect(outcome).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^Database: the embedded one .*\n$/),
    });
    expect(JSON.parse(outcome.stdout)).toEqual(added);
  }
  await onDatabase(async (db) => {
    expect(await findModel(db, digest)).toMatchObject({ registeredBy: { name: 'Ada' } });
  });
  expect((await loadArtifact(join(root, 'installation', 'models', digest))).digest).toBe(digest);

  const locked = await run(['models', 'lock', 'model', '--data', 'data', '--json']);
  expect(locked).toMatchObject({ status: 2, stderr: expect.stringContaining('no split of its own') });
  const split = await run([
    'dataset',
    'split',
    'data',
    '--strategy',
    'random',
    '--out',
    'split.json',
    '--json',
  ]);
  expect(split.status).toBe(0);
  const fields = JSON.parse(await readFile(join(root, 'split.json'), 'utf8'));
  const unseen = fields.fields.map((field: object) => ({ ...field, side: 'test' }));
  await writeFile(join(root, 'unseen.json'), JSON.stringify({ ...fields, fields: unseen }));
  const lock = ['models', 'lock', 'model', '--data', 'data', '--split', 'unseen.json', '--json'];
  expect(await run([...lock, '--side', 'train'])).toMatchObject({ status: 2 });
  const attached = JSON.parse((await run(lock)).stdout);
  expect(attached.fields).toBeGreaterThan(0);
  expect(attached.marked).toBe(attached.fields);
  const artifact = await loadArtifact(join(root, 'model'));
  expect(artifact.digest).toBe(digest);
  expect(lockedTestOf(artifact)).toMatchObject({ contentSha256: attached.contentSha256 });
  expect(decodeMarks(artifact.file(MARKS_FILE) ?? new Uint8Array())).toHaveLength(attached.marked);

  expect(await run([...ADD, 'model'])).toMatchObject({ status: 0 });
  const open = (name: string, ...options: string[]) =>
    run(['models', 'test-set', 'add', 'data', '--name', name, ...options, '--json']);
  expect(await open('Held back', '--budget', '501')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('At most 500'),
  });
  const opened = await open('Held back', '--budget', '3');
  expect(JSON.parse(opened.stdout)).toMatchObject({ name: 'Held back', fields: 12, budget: 3, used: 0 });
  const rest = JSON.stringify({ ...fields, fields: unseen.slice(1) });
  await writeFile(join(root, 'rest.json'), rest);
  expect(await open('Once more', '--split', 'rest.json')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/11 of the 11 images are in the locked test set Held back/),
  });
  const listed = await run(['models', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ ...added, stored: true }]);
});

it('asks in the name of an admin who proves it, and of no other', { timeout: 120_000 }, async () => {
  await onDatabase(async (db) => {
    const passwordHash = await hashPassword(PASSWORD, { N: 2 ** 10, r: 8, p: 1 });
    const ada = await findUserByEmail(db, 'ada@hospital.example');
    const admin: UserActor = { id: ada?.id ?? '', role: 'admin' };
    const account = (name: string, role: Role, actor: Actor = SYSTEM) =>
      createUser(db, { actor, email: `${name}@hospital.example`, name, role, passwordHash });
    const ben = await account('ben', 'admin');
    await account('cleo', 'clinician');
    await account('handed', 'admin', admin);
    const gone = await account('gone', 'admin');
    await disableUser(db, { actor: admin, userId: gone.id, reason: 'Left.' });
    const asking = (name: string, password = PASSWORD) =>
      actorOf(db, { email: `${name}@hospital.example`, password });

    expect(await actorOf(db, null)).toEqual(SYSTEM);
    expect(await asking('ben')).toEqual({ id: ben.id, role: 'admin' });
    const wrong = { code: 'FORBIDDEN', message: 'The e-mail address or the password is not right.' };
    await expect(asking('ben', 'a guess')).rejects.toMatchObject(wrong);
    await expect(asking('nobody')).rejects.toMatchObject(wrong);
    await expect(asking('gone')).rejects.toMatchObject(wrong);
    await expect(asking('cleo')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('Only an admin may ask for this'),
    });
    await expect(asking('handed')).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
  });
});

const shifted = (weight: NamedTensor, by: number): NamedTensor => ({
  ...weight,
  data: Float32Array.from(weight.data as Float32Array, (value) => value + by),
});

/** Another model than the fixtures', with a first weight of its own, that says it learned from the fields of a split. */
async function learnedFrom(name: string, split: string): Promise<void> {
  const { manifest, weights } = await loadArtifact(join(root, 'model'));
  const { architecture, preprocessing, calibration, run: record } = manifest;
  await saveArtifact(join(root, name), {
    ...{ name, architecture, preprocessing, calibration, run: record },
    weights: [...weights.values()].map((weight, i) => (i === 0 ? shifted(weight, name.length) : weight)),
    files: { 'split.json': await readFile(join(root, split)) },
  });
}

it('no model is judged by what it has learned, whichever was there first', { timeout: 300_000 }, async () => {
  await learnedFrom('of-the-set', 'split.json');
  expect(await run([...ADD, 'of-the-set'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/has learned from \w+\/\S+, which is the same file as Held back, image /),
  });

  const lock = ['models', 'lock', 'of-the-set', '--data', 'data', '--split', 'unseen.json'];
  expect(await run(lock)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/has learned from \d+ of these 12 fields/),
  });

  for (const stage of MATURITY_STAGES) {
    for (const folder of ['other', 'copies']) await mkdir(join(root, folder, stage), { recursive: true });
    for (const seed of [11, 12, 13]) {
      const { image } = generateField({ seed, stage });
      await writeFile(join(root, 'other', stage, `${seed}.png`), await encodePng(image));
      await writeFile(join(root, 'copies', stage, `${seed}.jpg`), await encodeJpeg(image, 80));
    }
  }
  await run(['dataset', 'split', 'other', '--strategy', 'random', '--out', 'other.json']);
  await learnedFrom('of-others', 'other.json');
  expect(await run([...ADD, 'of-others'])).toMatchObject({ status: 0 });
  const open = (folder: string, ...options: string[]) =>
    run(['models', 'test-set', 'add', folder, '--name', 'Leaks', ...options]);
  expect(await open('other')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/of-others .* has learned from (\S+), which is the same file as \1 /),
  });
  expect(await open('copies', '--trained-on', 'other')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /of-others .* has learned from (\S+)\.png, which shows the same as \1\.jpg /,
    ),
  });

  await learnedFrom('of-marked-ones', 'other.json');
  await attachMarks(join(root, 'of-marked-ones'), join(root, 'other'), []);
  expect(await run([...ADD, 'of-marked-ones'])).toMatchObject({ status: 0 });
  expect(await open('copies')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /of-marked-ones .* has learned from (\S+)\.png, which shows the same as \1\.jpg /,
    ),
  });

  for (const stage of MATURITY_STAGES) {
    await mkdir(join(root, 'again', stage), { recursive: true });
    for (const seed of [1, 2, 3]) {
      const { image } = generateField({ seed, stage });
      await writeFile(join(root, 'again', stage, `${seed}.jpg`), await encodeJpeg(image, 80));
    }
  }
  await run(['dataset', 'split', 'again', '--strategy', 'random', '--out', 'again.json']);
  await learnedFrom('of-the-copies', 'again.json');
  await attachMarks(join(root, 'of-the-copies'), join(root, 'again'), []);
  expect(await run([...ADD, 'of-the-copies'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/has learned from \S+\.jpg, which shows the same as Held back, image /),
  });
});
