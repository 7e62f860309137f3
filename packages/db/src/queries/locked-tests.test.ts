import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LockedTestImage } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { digestOf, MODEL, someJudgement, someModel, someone, someSet } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { SOUND, standingOf } from '../testing/standing.ts';
import {
  JUDGEMENT_DEATHS,
  judgeNext,
  listLockedTestSets,
  listLockedTestUses,
  openLockedTestSet,
  recordSetComparison,
  registerModel,
  requestJudgement,
  uncomparedSets,
} from './index.ts';

/** A process of its own that takes a judgement up and is gone. */
const DYING = `
import { createDatabase, judgeNext } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)};
await judgeNext(createDatabase(process.argv[1]).db, async () => {
  process.stdout.write('judging');
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
});
`;

async function dieJudging(url: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', DYING, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  await once(child, 'close');
  return Buffer.concat(said).toString();
}

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

  it.each([0, 501, 1.5])('opens none with a budget of %s', async (budget) => {
    const set = { ...someSet, actor, budget, contentSha256: digestOf('over budget') };
    await expect(openLockedTestSet(test().db, set)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('1 to 500 judgements'),
    });
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
          return { judgement: someJudgement('refuse'), fields: [] };
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

  it('gives up a judgement over which three processes died, and tries one that was only put back', {
    timeout: 60_000,
  }, async () => {
    const { db, appUrl } = test();
    const { id } = await ask();
    const standing = standingOf(db);
    const latest = async () => (await listLockedTestUses(db)).find((use) => use.id === id);
    for (let time = 0; time < JUDGEMENT_DEATHS + 1; time++)
      await expect(judgeNext(db, async () => Promise.reject(new Error('stopped')))).rejects.toThrow(
        'stopped',
      );
    for (let death = 0; death < JUDGEMENT_DEATHS; death++) {
      expect(await latest()).toMatchObject({ failure: null, endedAt: null });
      expect(await dieJudging(appUrl)).toBe('judging');
      expect(await standing()).toEqual(SOUND);
    }
    let calls = 0;
    // The server notices a killed process when it next writes to it.
    await expect
      .poll(() => judgeNext(db, async () => ({ failure: `never, ${++calls}` })), { timeout: 10_000 })
      .toBe(true);
    expect(calls).toBe(0);
    expect(await latest()).toMatchObject({
      verdict: null,
      failure: expect.stringContaining('died 3 times'),
      endedAt: expect.any(Date),
    });
    expect(await dieJudging(appUrl)).toBe('');
  });

  it('closes the gate when the budget is spent (R7)', async () => {
    await ask();
    await end({ judgement: someJudgement('insufficient-evidence'), fields: [] });
    expect(await used()).toBe(2);
    await expect(ask()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('closed'),
    });
    expect(await listLockedTestUses(test().db)).toHaveLength(4);
  });

  it('opens no second ledger for images of a set', async () => {
    const image = (text: string) =>
      ({
        blobSha256: digestOf(text),
        fileSha256: digestOf(`file ${text}`),
        stage: 'Pre',
        group: '0',
      }) as const;
    const open = (name: string, images: LockedTestImage[]) =>
      openLockedTestSet(test().db, {
        ...{ ...someSet, actor, name, images, networkSha256: null },
        ...{ contentSha256: digestOf(name), fields: images.length, groups: 1 },
      });
    await open('Pictures', [image('one'), image('two')]);
    for (const again of [
      { ...image('one'), group: '7' },
      { ...image('other'), fileSha256: digestOf('file two') },
    ])
      await expect(open('Further', [image('three'), again])).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('1 of the 2 images is in the locked test set Pictures'),
      });
    expect(await open('Further', [image('three')])).toMatchObject({ fields: 1 });
  });

  it('counts a use by which a set guarded another one', async () => {
    const { db } = test();
    const first = await openLockedTestSet(db, { ...someSet, actor, contentSha256: digestOf('guarding') });
    const other = await openLockedTestSet(db, { ...someSet, actor, contentSha256: digestOf('judged on') });
    await requestJudgement(db, { actor, setId: other.id, digest });
    const judgement = someJudgement('refuse');
    const guard = { setId: first.id, setName: first.name, comparison: judgement.locked };
    await end({ judgement: { ...judgement, guard }, fields: [] });
    const sets = await listLockedTestSets(db);
    for (const { id } of [first, other]) expect(sets.find((set) => set.id === id)?.used).toBe(1);
  });

  it('counts the uses of sets that show the same fields together, up to the smallest budget', async () => {
    const { db } = test();
    const open = (name: string, budget: number, images: LockedTestImage[] | null = null) =>
      openLockedTestSet(db, {
        ...{ ...someSet, actor, name, budget, images, contentSha256: digestOf(name) },
        networkSha256: images ? null : digestOf(`network of ${name}`),
      });
    const rowOf = async (id: string) => (await listLockedTestSets(db)).find((set) => set.id === id);
    const features = await open('As one network sees it', 2);
    const others = await open('As another one sees it', 20);
    const pictures = await open('As it is', 3, [{ blobSha256: digestOf('exam'), stage: 'Pre', group: '0' }]);
    const pair = { imagesId: pictures.id, featuresId: features.id };
    expect(await uncomparedSets(db)).toContainEqual(pair);
    await requestJudgement(db, { actor, setId: pictures.id, digest });
    await end({ judgement: someJudgement('refuse'), fields: [] });

    await recordSetComparison(db, { ...pair, shared: 0 });
    await recordSetComparison(db, { ...pair, shared: 1 });
    expect(await uncomparedSets(db)).not.toContainEqual(pair);
    expect(await rowOf(features.id)).toMatchObject({ used: 0, budget: 2, sharesWith: [] });

    await recordSetComparison(db, { imagesId: pictures.id, featuresId: others.id, shared: 1 });
    expect(await rowOf(others.id)).toMatchObject({
      ...{ used: 1, budget: 3 },
      sharesWith: [{ id: pictures.id, name: 'As it is' }],
    });
    await requestJudgement(db, { actor, setId: others.id, digest });
    await end({ judgement: someJudgement('refuse'), fields: [] });
    expect(await rowOf(pictures.id)).toMatchObject({ used: 2, budget: 3 });
    await requestJudgement(db, { actor, setId: others.id, digest });
    await end({ judgement: someJudgement('refuse'), fields: [] });
    const further = requestJudgement(db, { actor, setId: pictures.id, digest });
    await expect(further).rejects.toThrow('The budget of 3 uses of this locked test set is spent');
  });

  it.each(['locked_test_sets', 'locked_test_comparisons', 'locked_test_uses', 'locked_test_outcomes'])(
    '%s only grows',
    async (table) => {
      for (const text of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(test().owner.execute(sql.raw(text))).rejects.toMatchObject({ code: '23001' });
    },
  );
});
