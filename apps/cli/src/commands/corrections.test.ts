import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STUDY_COSTS } from '@blastwise/contracts';
import {
  acceptCase,
  createDatabase,
  createUser,
  openAuditKey,
  type Queryable,
  recordCorrection,
  SYSTEM,
  storeAnalysis,
} from '@blastwise/db';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { decideForTests as decide, someAnalysis, someCase, someModel, someone } from '@blastwise/db/testing';
import { encodeJpeg, sanitiseImage, sha256 } from '@blastwise/model';
import { adjudicate } from '@blastwise/model/adjudication';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

let root = '';
let imageId = '';
/** Runs beside the commands, as under a running product: else each would start one of its own. */
let server: EmbeddedServer | undefined;

const where = () => ({
  cwd: root,
  env: { BLASTWISE_DATA_DIR: join(root, 'installation'), DATABASE_URL: '' },
});
const run = (args: readonly string[]) => runHere(args, where());
const REASON = ['--reason', 'Sheets of the second laboratory.'];
const bringing = (file: string, ...options: string[]) => [
  ...['corrections', 'import', file],
  ...REASON,
  ...options,
];
const bring = (...asked: Parameters<typeof bringing>) => run(bringing(...asked));
const write = (name: string, ...lines: string[]) => writeFile(join(root, name), `${lines.join('\n')}\n`);

const AUDIT_KEY = openAuditKey('a secret of the tests, long enough for a key');
async function onDatabase(work: (db: Queryable) => Promise<void>): Promise<void> {
  const database = createDatabase(server?.appUrl ?? '');
  try {
    await work(database.db);
  } finally {
    await database.close();
  }
}

const HEADER = 'file,reader,stage,certainty,confirmedBy,comment';

/** An installation with one clinician and one case, whose only field lies in `elsewhere` as a JPEG file. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blastwise-corrections-'));
  const account = ['--email', 'ann@lab.example', '--name', 'Ann', '--role', 'clinician'];
  const stdin = 'correct horse battery staple\n';
  const made = await runCli(['admin', 'create', ...account], { ...where(), stdin });
  expect(made).toMatchObject({ status: 0 });
  server = await startEmbedded({ dataDir: join(root, 'installation', 'postgres'), durable: false });
  const jpeg = await encodeJpeg(generateField({ seed: 1, stage: 'Pre' }).image, 90);
  await writeFile(join(root, 'MILLER.jpg'), jpeg);
  const { png, width, height } = await sanitiseImage(jpeg);
  await onDatabase(async (db) => {
    const actor = await createUser(db, {
      ...{ actor: SYSTEM, email: 'ben@lab.example', name: 'Ben', role: 'clinician', passwordHash: 'none' },
    });
    const { images } = await acceptCase(db, {
      actor,
      auditKey: AUDIT_KEY,
      queue: { enqueueAnalysis: async () => undefined },
      pseudonym: 'P-1',
      note: '',
      images: [{ blobSha256: sha256(png), width, height, bytes: png.length }],
    });
    imageId = images[0]?.id ?? '';
  });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await rm(root, { recursive: true, force: true });
});

it('asks for a reason and a file', async () => {
  await write('some.csv', HEADER);
  expect(await run(['corrections', 'import', 'some.csv'])).toMatchObject({ status: 2, stdout: '' });
  expect(await bring('none.csv')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('cannot be read'),
  });
  expect(await bring('some.csv')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no correction'),
  });
  await writeFile(join(root, 'latin.csv'), Buffer.from(`${HEADER}\nM\u00fcller.jpg`, 'latin1'));
  expect(await bring('latin.csv')).toMatchObject({ status: 2, stderr: expect.stringContaining('UTF-8') });
});

it('names every bad row, and no name of a file', async () => {
  await write(
    'bad.csv',
    HEADER,
    'MILLER.jpg,ann@lab.example,Pre,sure,genetics,',
    'MILLER.jpg,ann@lab.example,pre,sure,genetics,Seen in MILLER',
    'MILLER.jpg,ann@lab.example,Pre,sure',
  );
  const { status, stdout, stderr } = await bring('bad.csv');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    'Row 3, column stage: Give one of Benign, Early, Pre, Pro, not-assessable.',
    'Row 4: There are 4 values instead of 6.',
    'Nothing was recorded.',
    '',
  ]);

  await write(
    'lost.csv',
    HEADER,
    'MILLER-2.jpg,ann@lab.example,Pre,sure,genetics,',
    'bad.csv,ann@lab.example,Pre,sure,genetics,',
  );
  const lost = await bring('lost.csv');
  expect(lost.status).toBe(2);
  expect(lost.stderr).toMatch(
    /^Row 2, column file: .*\.\nRow 3, column file: .*\.\nNothing was recorded\.\n$/,
  );
  expect(lost.stderr).not.toContain('MILLER');

  await write('unknown.csv', HEADER, 'MILLER.jpg,cy@lab.example,Pre,sure,genetics,');
  expect(await bring('unknown.csv')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'Row 2, column reader: No account has the e-mail address of the reader.\nNothing was recorded.\n',
    ),
  });
});

it('rehearses, records once, and seals what it did', { timeout: 120_000 }, async () => {
  await write(
    'good.csv',
    HEADER,
    'MILLER.jpg,ann@lab.example,Pre,sure,morphology,"Large, pale"',
    'MILLER.jpg,ben@lab.example,Pre,probable,morphology,',
  );
  const settled = { open: 0, disputed: 0, adjudicated: 1 };
  const rehearsed = await bring('good.csv', '--dry-run', '--json');
  expect(rehearsed).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('A dry run: nothing was recorded.\n'),
  });
  expect(JSON.parse(rehearsed.stdout)).toMatchObject({ recorded: 2, fields: settled, dryRun: true });
  const recorded = await runCli(bringing('good.csv', '--json'), where());
  expect(recorded).toMatchObject({ status: 0, stderr: expect.not.stringContaining('dry run') });
  expect(JSON.parse(recorded.stdout)).toMatchObject({
    recorded: 2,
    known: 0,
    fields: settled,
    dryRun: false,
  });
  expect(await bring('good.csv')).toMatchObject({
    status: 0,
    stdout: '0 corrections recorded, 2 known already.\n',
  });

  await write(
    'later.csv',
    HEADER.replace('file', 'field'),
    `${imageId},ann@lab.example,Pro,sure,morphology,`,
  );
  expect(await bring('later.csv')).toMatchObject({ status: 1 });
  const superseded = await bring('later.csv', '--supersede');
  expect(superseded).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^1 corrections? recorded.*\n.*1 for a senior\.\n$/),
  });
  expect(JSON.parse((await run(['audit', 'verify', '--json'])).stdout)).toMatchObject({
    ok: true,
    unsealed: 0,
  });
});

it('exports judged errors for costs propose, each reader of a field under its number', {
  timeout: 120_000,
}, async () => {
  const header = 'actual,predicted,severity,certainty,confirmedBy,field\n';
  expect(await run(['corrections', 'export'])).toMatchObject({ status: 0, stdout: header });
  await onDatabase(async (db) => {
    await someModel(db);
    const readers = await Promise.all([someone(db, 'clinician'), someone(db, 'clinician')]);
    const [actor] = readers;
    const { imageIds } = await someCase(db, { actor });
    const [read = ''] = imageIds;
    const seen = await storeAnalysis(db, {
      ...{ imageId: read, analysis: someAnalysis(), maskSha256: 'a'.repeat(64), durationMs: 1, decide },
    });
    if (seen.outcome === 'stale-model') throw new Error('The model of the tests is not in service.');
    for (const [i, severity] of (['minor', 'serious'] as const).entries()) {
      const how = { stage: 'Early', certainty: 'sure', confirmedBy: 'morphology', comment: '' } as const;
      await recordCorrection(db, {
        actor: readers[i] ?? actor,
        auditKey: AUDIT_KEY,
        adjudicate,
        imageId: read,
        seen,
        correction: { ...how, severity },
      });
    }
  });
  const { status, stdout, stderr } = await runCli(['corrections', 'export'], where());
  expect(status).toBe(0);
  expect(stdout.split('\n').toSorted()).toEqual(
    [
      '',
      header.trim(),
      'Early,Benign,minor,sure,morphology,1',
      'Early,Benign,serious,sure,morphology,1',
    ].toSorted(),
  );
  expect(stderr).toContain('2 readings of settled fields; 0 judge no error and are left out.\n');

  await writeFile(join(root, 'judged.csv'), stdout);
  await writeFile(join(root, 'study.json'), JSON.stringify(STUDY_COSTS));
  const proposed = await run([
    ...['costs', 'propose', '--prior', 'study.json', '--corrections', 'judged.csv', '--json'],
  ]);
  // One error of weight 1, not two.
  expect(JSON.parse(proposed.stdout)).toMatchObject({
    evidence: [expect.anything(), [1, 0, 0, 0], expect.anything(), expect.anything()],
  });
});
