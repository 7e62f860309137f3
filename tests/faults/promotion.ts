import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  createDatabase,
  type DatabaseHandle,
  judgeNext,
  listLockedTestSets,
  listUsers,
  modelInService,
  requestJudgement,
} from '@blastwise/db';
import { joinEmbedded } from '@blastwise/db/embedded';
import { championCount, someJudgement } from '@blastwise/db/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { writeEqualModel } from '../browser/learning/server.ts';
import { accountOf } from '../browser/stack.ts';
import { blastwise } from '../support/blastwise.ts';
import type { Product } from '../support/product.ts';
import { type Answer, openSession, type Session } from '../support/session.ts';

const AWAY = 503;
const DONE = 200;
const CONFLICT = 409;

const statusSchema = z.object({
  inference: z.object({ ready: z.boolean(), modelDigest: z.string().nullable() }),
});

/** R23, of a promotion: it is done once or not at all, whenever the database of the whole product is killed. */
export function promotion(product: () => Pick<Product, 'url' | 'dataDir' | 'demo'>): void {
  let folder = '';
  let database: DatabaseHandle;
  let admin: Session;
  let starter = '';
  let challenger = '';

  /** A model that the gate has let pass: what it was judged on is beside the point here. */
  async function judgedChallenger(): Promise<string> {
    const digest = await writeEqualModel(join(folder, 'challenger'));
    await blastwise(product(), ['models', 'add', join(folder, 'challenger'), '--reason', 'A copy.']);
    const [set] = await listLockedTestSets(database.db);
    const { email } = accountOf(product().demo, 'admin', 0);
    const judge = (await listUsers(database.db)).find((user) => user.email === email);
    if (!set || !judge) throw new Error('The product has started without a locked test set or its admins.');
    // At once, so that the inference service of the product never sees it waiting.
    await database.db.transaction(async (tx) => {
      await requestJudgement(tx, { actor: { id: judge.id, role: judge.role }, setId: set.id, digest });
      await judgeNext(tx, async () => ({ judgement: someJudgement('promote'), fields: [] }));
    });
    return digest;
  }

  async function inService(): Promise<string> {
    const model = await modelInService(database.db);
    if (!model) throw new Error('No model is in service.');
    return model.digest;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blastwise-promotion-'));
    const { appUrl } = await joinEmbedded({ dataDir: join(product().dataDir, 'postgres') });
    database = createDatabase(appUrl, { max: 2 });
    // It serves a moment before the registry says so.
    starter = await vi.waitFor(inService, { timeout: 60_000, interval: 100 });
    challenger = await judgedChallenger();
    admin = await openSession(product().url, accountOf(product().demo, 'admin', 1));
  });
  afterAll(async () => {
    await admin?.end();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const count = async (statement: string): Promise<number> =>
    (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${statement}`)).rows[0]?.n ?? 0;
  const promotions = async () => ({
    deployed: await count(`model_deployments where model_digest = '${challenger}'`),
    recorded: await count(`audit_events where action = 'model.promote' and subject_id = '${challenger}'`),
  });

  function killDatabase(): void {
    const mark = readFileSync(join(product().dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(Number.parseInt(mark, 10), 'SIGKILL');
  }
  const ask = (): Promise<Answer> => {
    const { password } = accountOf(product().demo, 'admin', 1);
    return admin.call('models.promote', { digest: challenger, reason: 'As agreed.', password });
  };
  /** Asks again until the portal answers otherwise than that its database is away. */
  async function askAgain(): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (answer.status !== AWAY) return answer;
      await pause(100);
    }
  }
  const serves = (digest: string) =>
    expect
      .poll(async () => statusSchema.safeParse((await admin.call('status.get')).data).data?.inference, {
        timeout: 60_000,
        interval: 100,
      })
      .toMatchObject({ ready: true, modelDigest: digest });

  async function killedBefore(): Promise<Answer> {
    killDatabase();
    return ask();
  }
  /** In its transaction, where it waits for whoever else changes which model serves. */
  async function killedWithin(): Promise<Answer> {
    const other = await database.pool.connect();
    await other.query('begin');
    await other.query("select pg_advisory_xact_lock(hashtextextended('blastwise versions', 0))");
    const answer = ask();
    const waiting = () =>
      count("pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and not granted");
    await expect.poll(waiting, { interval: 5 }).toBe(1);
    killDatabase();
    other.release(true);
    return answer;
  }
  async function killedAfter(): Promise<Answer> {
    const { deployed } = await promotions();
    const answer = ask();
    await expect.poll(async () => (await promotions()).deployed, { interval: 1 }).toBe(deployed + 1);
    killDatabase();
    return answer;
  }

  it.each([
    { moment: 'before it is asked for', kill: killedBefore, told: [AWAY, DONE], again: [DONE, CONFLICT] },
    { moment: 'within it', kill: killedWithin, told: [AWAY], again: [DONE] },
    { moment: 'right after it', kill: killedAfter, told: [AWAY, DONE], again: [CONFLICT] },
  ])('a promotion is done once where the database is killed $moment', async ({ kill, told, again }) => {
    const before = await promotions();
    const first = await kill();
    expect(told).toContain(first.status);
    const second = await askAgain();
    expect(again).toContain(second.status);
    if (second.status === CONFLICT) expect(second.message).toBe('This model is the champion already.');
    expect([first, second].filter(({ status }) => status === DONE).length).toBeLessThanOrEqual(1);
    expect(await promotions()).toEqual({ deployed: before.deployed + 1, recorded: before.recorded + 1 });
    expect(await championCount(database.db)).toBe(1);
    await serves(challenger);
    expect(await blastwise(product(), ['audit', 'verify'])).toMatch(/^The audit trail is whole/);

    const back = await admin.call('models.rollBack', { digest: starter, reason: 'As before.' });
    expect(back).toMatchObject({ status: DONE, message: '' });
    await serves(starter);
  });
}
