import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { createDatabase, type DatabaseHandle } from '../client.ts';
import { type EmbeddedServer, startEmbedded } from '../embedded/index.ts';
import { migrate } from '../migrate/index.ts';
import { isDatabaseAway } from '../query-error.ts';
import { digestOf, MODEL, someModel, someone, someSet, someVerdict } from '../testing/fixtures.ts';
import { championCount, SOUND, standingOf } from '../testing/standing.ts';
import { openLockedTestSet, promoteModel, registerModel, rollBackModel } from './index.ts';

/** A crash, and an orderly restart that ends what is under way. */
const ENDS = ['SIGKILL', 'SIGINT', 'SIGKILL'] as const;
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
  await registerModel(db, {
    reason: 'For tests.',
    actor: SYSTEM,
    digest: DIGEST,
    name: 'challenger',
    card: '',
    manifest: {},
  });
  const { id: setId } = await openLockedTestSet(db, { ...someSet, actor: SYSTEM });
  await someVerdict(db, { actor: await someone(db, 'admin'), setId, digest: DIGEST });
}, 60_000);
afterAll(async () => {
  await handle.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

interface Service extends Record<string, unknown> {
  readonly deployments: number;
  readonly events: number;
}

async function service(): Promise<Service | null> {
  const { rows } = await handle.db.execute<Service>(sql`select
    (select count(*)::int from model_deployments) as deployments,
    (select count(*)::int from audit_events where action in ('model.deploy', 'model.promote', 'model.roll-back')) as events`);
  return rows[0] ?? null;
}

/** Adds how many champions there are, seen from beside, until the database is away. */
async function watchChampions(seen: Set<number>): Promise<void> {
  for (;;) {
    try {
      seen.add(await championCount(handle.db));
    } catch {
      return;
    }
  }
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

it('has one champion at any time, loses no change and keeps a whole trail when the database dies in promotions', {
  timeout: 90_000,
}, async () => {
  const standing = standingOf(handle.db);
  for (const [kill, signal] of ENDS.entries()) {
    const { pid } = server;
    const before = (await service())?.deployments ?? 0;
    expect(await standing()).toEqual(SOUND);
    let turns = 0;
    const seen = new Set<number>();
    const watched = watchChampions(seen);
    const ended = takeTurns(() => {
      turns += 1;
    });
    const begun = () => turns > 0 && seen.size > 0;
    await expect.poll(begun, { interval: 5, timeout: 30_000 }).toBe(true);
    // Somewhere within a later turn.
    await pause(70 * kill);
    process.kill(pid, signal);
    await ended;
    await watched;
    expect([...seen]).toEqual([1]);
    await expect.poll(() => service().catch(() => null), { timeout: 30_000 }).not.toBeNull();
    await expect.poll(() => server.pid).not.toBe(pid);
    const after = await service();
    expect(await standing()).toEqual(SOUND);
    expect(after?.events).toBe(after?.deployments);
    // What was answered is kept; one more may have been committed though nobody was told.
    expect([before + turns, before + turns + 1]).toContain(after?.deployments);
    await rollBackModel(handle.db, { actor, digest: MODEL, reason }).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'CONFLICT' }),
    );
  }
});
