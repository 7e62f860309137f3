import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type UserActor } from '../actor.ts';
import { digestOf, MODEL, someModel, someone } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { deployWhereUnchosen, modelInService, registerModel, setModelInService } from './models.ts';

describe('deployWhereUnchosen', () => {
  const test = withTestDatabase();
  const OWN = digestOf('own');
  let admin: UserActor;
  const serving = async () => (await modelInService(test().db))?.digest ?? null;
  const serve = (digest: string, by: UserActor | null) =>
    setModelInService(test().db, { actor: by ?? SYSTEM, digest, reason: 'For tests.' });

  beforeAll(async () => {
    const { db } = test();
    const own = { digest: OWN, name: 'own', card: '', manifest: {} };
    await registerModel(db, { reason: 'For tests.', ...own, actor: SYSTEM });
    await deployWhereUnchosen(db, { actor: SYSTEM, digest: OWN, takeOver: false });
    expect(await serving()).toBe(OWN);
    await someModel(db);
    admin = await someone(db, 'admin');
  });

  it.each([
    { by: 'nobody', takeOver: false, stays: true },
    { by: 'nobody', takeOver: true, stays: false },
    { by: 'an admin', takeOver: false, stays: true },
    { by: 'an admin', takeOver: true, stays: true },
  ])(
    'leaves a model that was chosen by $by, taking over $takeOver: $stays',
    async ({ by, takeOver, stays }) => {
      await serve(OWN, null);
      await serve(MODEL, by === 'nobody' ? null : admin);
      await deployWhereUnchosen(test().db, { actor: SYSTEM, digest: OWN, takeOver });
      expect(await serving()).toBe(stays ? MODEL : OWN);
    },
  );

  it('does not undo what is chosen while it looks', async () => {
    await serve(MODEL, null);
    const { db } = test();
    let asked: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await setModelInService(tx, { actor: SYSTEM, digest: OWN, reason: 'For tests.' });
      await setModelInService(tx, { actor: admin, digest: MODEL, reason: 'Chosen meanwhile.' });
      asked = deployWhereUnchosen(db, { actor: SYSTEM, digest: OWN, takeOver: true });
      // It waits for the lock, whenever it comes to ask for it.
      await pause(200);
    });
    await asked;
    expect(await serving()).toBe(MODEL);
  });
});
