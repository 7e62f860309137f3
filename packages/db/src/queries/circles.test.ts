import { randomUUID } from 'node:crypto';
import { STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { decideForTests, someone } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { areTwoPeople } from './circles.ts';
import { activateCosts, draftCosts, proposeCosts } from './costs.ts';
import { createSession } from './sessions.ts';
import { createUser, findUser, resetPassword, setPasswordHash } from './users.ts';

const reason = 'As agreed.';

describe('who counts as two people (R11)', () => {
  const test = withTestDatabase();
  const make = async (actor: UserActor): Promise<UserActor> => {
    const email = `${randomUUID()}@example.org`;
    const values = { email, name: 'Made', role: 'admin', passwordHash: 'first', reason } as const;
    const { id } = await createUser(test().db, { actor, ...values });
    return { id, role: 'admin' };
  };
  const atServer = () => someone(test().db, 'admin');
  const reset = (actor: UserActor, { id: userId }: UserActor) =>
    resetPassword(test().db, { actor, userId, passwordHash: 'reset', reason });
  const two = (one: UserActor, other: UserActor) => areTwoPeople(test().db, one.id, other.id);

  it('are accounts made at the server, not one made by the other, nor two made by one', async () => {
    const [ada, bob] = [await atServer(), await atServer()];
    const [made, sibling] = [await make(ada), await make(ada)];
    const grandchild = await make(made);
    expect(await two(ada, bob)).toBe(true);
    expect(await two(ada, ada)).toBe(false);
    for (const [one, other] of [
      [ada, made],
      [made, ada],
      [made, sibling],
      [grandchild, ada],
      [grandchild, sibling],
    ] as const) {
      expect(await two(one, other)).toBe(false);
    }
    expect(await two(grandchild, bob)).toBe(true);
  });

  it('stays so when the owner chooses another password: who knew the first one may have chosen it', async () => {
    const ada = await atServer();
    const made = await make(ada);
    await setPasswordHash(test().db, { actor: made, userId: made.id, passwordHash: 'own' });
    expect(await two(ada, made)).toBe(false);
  });

  it('grows with a reset, for everybody of both circles', async () => {
    const [ada, bob] = [await atServer(), await atServer()];
    const [ofAda, ofBob] = [await make(ada), await make(bob)];
    await reset(ada, bob);
    for (const one of [ada, ofAda]) {
      for (const other of [bob, ofBob]) expect(await two(one, other)).toBe(false);
    }
  });

  it('asks for another password after creation and reset, and no more once it is chosen', async () => {
    const { db } = test();
    const ada = await atServer();
    const made = await make(ada);
    const due = async () => (await findUser(db, made.id))?.mustChangePassword;
    const choose = () => setPasswordHash(db, { actor: made, userId: made.id, passwordHash: 'own' });
    expect(await due()).toBe(true);
    expect((await createSession(db, made.id)).user.mustChangePassword).toBe(true);
    await choose();
    expect(await due()).toBe(false);
    await reset(ada, made);
    expect(await due()).toBe(true);
    expect((await findUser(db, ada.id))?.mustChangePassword).toBe(false);
    await expect(reset(ada, ada)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('keeps an admin from activating an own proposal through an account of their making', async () => {
    const { db } = test();
    const [ada, bob] = [await atServer(), await atServer()];
    const [puppet, partner] = [await make(ada), await make(bob)];
    const propose = async (actor: UserActor) => {
      const { id } = await draftCosts(db, { actor, name: 'V', costs: STUDY_COSTS });
      return (await proposeCosts(db, { actor, id, reason })).id;
    };
    const activate = (actor: UserActor, id: string) =>
      activateCosts(db, { actor, id, reason, decide: decideForTests });
    const own = await propose(ada);
    await expect(activate(puppet, own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const throughPuppet = await propose(puppet);
    await expect(activate(ada, throughPuppet)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await activate(partner, own)).matrix.status).toBe('active');
  });
});
