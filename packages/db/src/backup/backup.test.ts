import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SYSTEM } from '../actor.ts';
import { appendAudit, sealAudit, verifyAudit } from '../audit/index.ts';
import { openBlobStore } from '../blobs/index.ts';
import { createDatabase } from '../client.ts';
import { openAnalysisQueue } from '../jobs/index.ts';
import { type ModelStore, openModelStore } from '../model-store/index.ts';
import {
  acceptCase,
  caseDetail,
  recordCorrection,
  storeAnalysis,
  worklist,
  worklistQuerySchema,
} from '../queries/index.ts';
import * as schema from '../schema/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  fakeQueue,
  MODEL,
  someAnalysis,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { backup, restore } from './index.ts';
import { BACKUP_TABLES, NOT_IN_BACKUP } from './tables.ts';

const modelFile = (models: ModelStore): string => join(models.folderOf(MODEL), 'weights.safetensors');

async function keepModel(models: ModelStore, digest: string): Promise<void> {
  await mkdir(models.folderOf(digest), { recursive: true });
  await writeFile(modelFile(models), 'weights');
}

describe('backup and restore', () => {
  const source = withTestDatabase();
  const target = withTestDatabase();
  let place: string;
  let caseId: string;
  const folder = () => join(place, 'backup');
  const blobsOf = (name: string) => openBlobStore(join(place, name));
  const storesOf = (name: string) => ({
    blobs: blobsOf(name),
    models: openModelStore(join(place, `${name}-models`)),
  });

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'blastwise-backup-'));
    const { db } = source();
    const blobs = blobsOf('blobs');
    await someModel(db);
    await keepModel(storesOf('blobs').models, MODEL);
    const actor = await someone(db, 'clinician');
    const texts = ['field one', 'field two'];
    const images = await Promise.all(
      texts.map(async (text) => ({
        blobSha256: await blobs.put(Buffer.from(text)),
        width: 224,
        height: 224,
        bytes: text.length,
      })),
    );
    const pseudonym = 'P "quoted" \\ ä\n2';
    const accepted = await acceptCase(db, {
      actor,
      auditKey: AUDIT_KEY,
      queue: fakeQueue(),
      pseudonym,
      note: '',
      images,
    });
    caseId = accepted.caseId;
    const imageId = accepted.images[0]?.id ?? '';
    const put = (text: string) => blobs.put(Buffer.from(text));
    const [maskSha256, nucleusSha256, heat] = [await put('mask'), await put('nuclei'), await put('heat')];
    const heatmaps = { Benign: heat, Early: heat, Pre: heat, Pro: heat };
    const probabilities = { Benign: 0.1 + 0.2, Early: 0.7 - 1e-17, Pre: 0, Pro: 0 };
    const analysis = someAnalysis({ probabilities, maskFraction: 1 / 3 });
    const stored = await storeAnalysis(db, {
      imageId,
      analysis,
      maskSha256,
      nucleusSha256,
      heatmaps,
      durationMs: 5,
      decide: decideForTests,
    });
    const correction = {
      stage: 'Pro',
      certainty: 'sure',
      confirmedBy: 'genetics',
      severity: 'none',
      comment: 'x',
    } as const;
    const seen = stored.outcome === 'stale-model' ? null : stored;
    const edited = [
      { maskSha256: await put('mask by hand'), nucleusSha256: await put('nuclei by hand') },
      { maskSha256: await put('mask by hand, again') },
    ];
    for (const masks of edited)
      await recordCorrection(db, {
        actor,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen,
        correction,
        masks,
      });
    await sealAudit(db, AUDIT_KEY);
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  it('covers every table or says why not', () => {
    const tables = Object.values(schema).flatMap((table) =>
      is(table, PgTable) ? [getTableName(table)] : [],
    );
    expect([...BACKUP_TABLES.map(([table]) => table), ...NOT_IN_BACKUP].toSorted()).toEqual(
      tables.toSorted(),
    );
  });

  it('brings everything back into an empty database, exactly, with its audit trail intact', async () => {
    const told = vi.fn<(done: number, total: number) => void>();
    const summary = await backup(source().ownerUrl, {
      folder: folder(),
      ...storesOf('blobs'),
      onProgress: told,
    });
    expect(told).toHaveBeenLastCalledWith(summary.blobs, summary.blobs);
    expect(summary).toMatchObject({
      blobs: 8,
      models: 1,
      tables: { cases: 1, images: 2, corrections: 2, cost_matrices: 1 },
    });
    expect((await stat(folder())).mode & 0o077).toBe(0);
    expect(await restore(target().ownerUrl, { folder: folder(), ...storesOf('restored') })).toEqual(summary);
    const { db } = target();
    expect(await caseDetail(db, caseId)).toEqual(await caseDetail(source().db, caseId));
    const query = worklistQuerySchema.parse({});
    expect(await worklist(db, query)).toEqual(await worklist(source().db, query));
    expect(Buffer.from(await blobsOf('restored').get((await blobDigest()) ?? '')).toString()).toBe(
      'field one',
    );
    expect(await readFile(modelFile(storesOf('restored').models), 'utf8')).toBe('weights');
    const restored = blobsOf('restored');
    const edited = (await caseDetail(db, caseId))?.images[0]?.corrections.map(({ maskSha256 }) => maskSha256);
    const kept = (edited ?? []).map(async (sha256) =>
      Buffer.from(await restored.get(sha256 ?? '')).toString(),
    );
    expect(await Promise.all(kept)).toEqual(['mask by hand, again', 'mask by hand']);
    await appendAudit(db, { actor: SYSTEM, action: 'patient.read', subjectKind: 'case' });
    expect(await sealAudit(db, AUDIT_KEY)).toBe(2);
    expect(await verifyAudit(db, AUDIT_KEY)).toMatchObject({ ok: true, unsealed: 0 });
    const queue = await openAnalysisQueue(target().appUrl, { work: false });
    expect(await queue.depth()).toEqual({ waiting: 1, active: 0, dead: 0 });
    await queue.stop();
  });

  const blobDigest = async () => (await caseDetail(source().db, caseId))?.images[0]?.blobSha256;

  it('refuses a folder that exists, a database in use, and what is no backup', async () => {
    await expect(backup(source().ownerUrl, { folder: folder(), ...storesOf('blobs') })).rejects.toMatchObject(
      {
        code: 'CONFLICT',
      },
    );
    await expect(
      restore(source().ownerUrl, { folder: folder(), ...storesOf('blobs') }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(restore(source().ownerUrl, { folder: place, ...storesOf('blobs') })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('leaves nothing behind when a blob is missing', async () => {
    const other = join(place, 'other');
    await expect(backup(source().ownerUrl, { folder: other, ...storesOf('empty') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await readdir(place)).filter((name) => name.startsWith('other'))).toEqual([]);
  });

  describe('of another version', () => {
    const fresh = withTestDatabase();

    it.each<[string, (migrations: string[]) => string[], RegExp]>([
      ['an older one', (migrations) => migrations.slice(0, -2), /older version .* then start this one on it/],
      ['a newer one', (migrations) => [...migrations, 'f'.repeat(64)], /newer version/],
    ])('is left alone, and so is the database: %s', async (_, change, sentence) => {
      const file = join(folder(), 'backup.json');
      const manifest = await readFile(file, 'utf8');
      const { migrations, ...rest } = JSON.parse(manifest);
      await writeFile(file, JSON.stringify({ ...rest, migrations: change(migrations) }));
      const url = new URL(fresh().ownerUrl);
      const name = `other_${Date.now()}`;
      url.pathname = `/${name}`;
      await fresh().owner.execute(sql.raw(`create database ${name}`));
      const refused = restore(url.toString(), { folder: folder(), ...storesOf('fifth') });
      await expect(refused).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(sentence),
      });
      await writeFile(file, manifest);
      const { db, close } = createDatabase(url.toString(), { max: 1 });
      const { rows } = await db.execute(sql`select to_regclass('public.users') as users`);
      await close();
      expect(rows).toEqual([{ users: null }]);
      await fresh().owner.execute(sql.raw(`drop database ${name} with (force)`));
    });

    it('is not backed up', async () => {
      const { owner, ownerUrl } = fresh();
      const last = sql`select max(id) from drizzle.__drizzle_migrations`;
      const saved = () => backup(ownerUrl, { folder: join(place, 'old'), ...storesOf('blobs') });
      await owner.execute(sql`update drizzle.__drizzle_migrations set hash = 'other' where id = (${last})`);
      await expect(saved()).rejects.toThrow('A newer version of Blastwise has run on the database');
      await owner.execute(sql`delete from drizzle.__drizzle_migrations where id = (${last})`);
      await expect(saved()).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('start this one on it first'),
      });
    });
  });

  describe('damaged', () => {
    const fresh = withTestDatabase();

    it('restores nothing when a model was changed', async () => {
      const file = join(folder(), 'models', MODEL, 'weights.safetensors');
      await writeFile(file, 'others');
      const damaged = restore(fresh().ownerUrl, { folder: folder(), ...storesOf('fourth') });
      await expect(damaged).rejects.toThrow('The backup of the model');
      await writeFile(file, 'weights');
      const { rows } = await fresh().owner.execute(sql`select count(*)::int as users from users`);
      expect(rows).toEqual([{ users: 0 }]);
      expect(await storesOf('fourth').models.has(MODEL)).toBe(false);
    });

    it.each(['cases', 'audit_events'])('restores nothing when %s was changed', async (table) => {
      const file = join(folder(), 'tables', `${table}.jsonl`);
      const before = await readFile(file);
      await appendFile(file, '{}\n');
      const damaged = restore(fresh().ownerUrl, { folder: folder(), ...storesOf('third') });
      await expect(damaged).rejects.toThrow();
      await writeFile(file, before);
      const { rows } = await fresh().owner.execute(sql`select (select count(*)::int from users) as users,
        (select count(*)::int from cost_matrices) as matrices`);
      expect(rows).toEqual([{ users: 0, matrices: 1 }]);
    });
  });
});
