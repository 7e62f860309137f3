import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { sealAudit, verifyAudit } from '../audit/index.ts';
import { createDatabase, type DatabaseHandle } from '../client.ts';
import { type EmbeddedServer, startEmbedded } from '../embedded/index.ts';
import { migrate } from '../migrate/index.ts';
import { isDatabaseAway } from '../query-error.ts';
import { AUDIT_KEY, digestOf, MODEL, someModel, someone, someSet, someVerdict } from '../testing/fixtures.ts';
import { openLockedTestSet, promoteModel, registerModel, rollBackModel } from './index.ts';

const KILLS = 3;
const DIGEST = digestOf('challenger');
const reason = 'As agreed.';

let folder: string;
let server: EmbeddedServer;
let handle: DatabaseHandle;
let actor: UserActor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blastwise-promotion-'));
  server = await startEmbedded({ dataDir: folder });
  await migrate(server.ownerUrl, { appPassword: server.appPassword });
  handle = createDatabase(server.appUrl);
  const { db } = handle;
  await someModel(db);
  actor = await someone(db, 'admin');
  await registerModel(db, { actor: SYSTEM, digest: DIGEST, name: 'challenger', card: '', manifest: {} });
  const { id: setId } = await openLockedTestSet(db, { ...someSet, actor: SYSTEM });
  await someVerdict(db, { actor, setId, digest: DIGEST });
}, 60_000);
afterAll(async () => {
  await handle.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Service extends Record<string, unknown> {
  readonly champions: number;
  readonly deployments: number;
  readonly events: number;
}

async function service(): Promise<Service | null> {
  const { rows } = await handle.db.execute<Service>(sql`select
    (select count(*)::int from model_deployments where ended_at is null) as champions,
    (select count(*)::int from model_deployments) as deployments,
    (select count(*)::int from audit_events where action in ('model.deploy', 'model.promote', 'model.roll-back')) as events`);
  return rows[0] ?? null;
}

/** Champions take turns until the database is away; `onTurn` hears of each that was answered. */
async function takeTurns(onTurn: () => void): Promise<void> {
  for (let turn = 0; ; turn++) {
    try {
      if (turn % 2 === 0) await promoteModel(handle.db, { actor, digest: DIGEST, reason });
      else await rollBackModel(handle.db, { actor, digest: MODEL, reason });
      onTurn();
    } catch (error) {
      const told = error instanceof DomainError && error.code === 'UNAVAILABLE';
      if (!told && !isDatabaseAway(error)) throw error;
      return;
    }
  }
}

it('leaves one champion, each change on a whole trail, when the database dies during promotions', {
  timeout: 90_000,
}, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const { pid } = server;
    let turns = 0;
    const ended = takeTurns(() => {
      turns += 1;
    });
    await expect.poll(() => turns, { interval: 5, timeout: 30_000 }).toBeGreaterThan(0);
    // Somewhere within a later turn.
    await pause(70 * kill);
    process.kill(pid, 'SIGKILL');
    await ended;
    await expect.poll(() => service().catch(() => null), { timeout: 30_000 }).not.toBeNull();
    await expect.poll(() => server.pid).not.toBe(pid);
    const after = await service();
    expect(after?.champions).toBe(1);
    expect(after?.events).toBe(after?.deployments);
    // An interrupted promotion may have been committed though nobody was told.
    await rollBackModel(handle.db, { actor, digest: MODEL, reason }).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'CONFLICT' }),
    );
  }
  await sealAudit(handle.db, AUDIT_KEY);
  expect(await verifyAudit(handle.db, AUDIT_KEY)).toMatchObject({ ok: true, unsealed: 0 });
});
