import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { digestOf, MODEL, someJudgement, someModel, someone, someSet } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import {
  judgeNext,
  listLockedTestSets,
  listLockedTestUses,
  openLockedTestSet,
  registerModel,
  requestJudgement,
} from './index.ts';

describe('locked test sets and their ledger', () => {
  const test = withTestDatabase();
  const digest = digestOf('challenger');
  let actor: UserActor;
  let setId: string;

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    actor = await someone(db, 'admin');
    await registerModel(db, { actor: SYSTEM, digest, name: 'challenger', card: '', manifest: {} });
    setId = (await openLockedTestSet(db, { ...someSet, actor, budget: 2 })).id;
  });

  const ask = () => requestJudgement(test().db, { actor, setId, digest });
  const end = (outcome: Awaited<ReturnType<Parameters<typeof judgeNext>[1]>>) =>
    judgeNext(test().db, async () => outcome);
  const used = async () => (await listLockedTestSets(test().db))[0]?.used;

  it('opens the same content once', async () => {
    const again = await openLockedTestSet(test().db, { ...someSet, actor, name: 'Another name' });
    expect(again).toMatchObject({ id: setId, name: 'Test side', budget: 2, used: 0 });
    expect(await listLockedTestSets(test().db)).toHaveLength(1);
  });

  it('counts a use when it is asked for, and no more where it failed', async () => {
    expect(await ask()).toMatchObject({ championDigest: MODEL, challengerDigest: digest, verdict: null });
    expect(await used()).toBe(1);
    await expect(ask()).rejects.toThrow('being judged already');
    expect(await end({ failure: 'The features are of another network.' })).toBe(true);
    expect(await used()).toBe(0);
  });

  it('leaves a judgement whose worker died to the next one', async () => {
    await ask();
    const died = judgeNext(test().db, async () => Promise.reject(new Error('killed')));
    await expect(died).rejects.toThrow('killed');
    let calls = 0;
    const both = await Promise.all(
      [1, 2].map(() =>
        judgeNext(test().db, async () => {
          calls += 1;
          await new Promise((resolve) => setTimeout(resolve, 100));
          return { judgement: someJudgement('refuse') };
        }),
      ),
    );
    expect(both.toSorted()).toEqual([false, true]);
    expect(calls).toBe(1);
    expect(await end({ failure: 'never' })).toBe(false);
    expect((await listLockedTestUses(test().db))[0]).toMatchObject({
      verdict: 'refuse',
      judgement: someJudgement('refuse'),
      setName: 'Test side',
      requestedBy: { id: actor.id },
    });
  });

  it('closes the gate when the budget is spent (R7)', async () => {
    await ask();
    await end({ judgement: someJudgement('insufficient-evidence') });
    expect(await used()).toBe(2);
    await expect(ask()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('closed'),
    });
    expect(await listLockedTestUses(test().db)).toHaveLength(3);
  });

  it.each(['locked_test_sets', 'locked_test_uses', 'locked_test_outcomes'])(
    '%s only grows',
    async (table) => {
      for (const text of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(test().owner.execute(sql.raw(text))).rejects.toMatchObject({ code: '23001' });
    },
  );
});
