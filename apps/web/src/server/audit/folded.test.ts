import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { listAudit, SYSTEM } from '@blastwise/db';
import { expect, it, vi } from 'vitest';
import { withTestPortal } from '../testing/portal.ts';
import { FoldedRecorder } from './folded.ts';
import { recordRefusal } from './refusals.ts';

const portal = withTestPortal();
const refused = new DomainError('FORBIDDEN', 'Your role does not allow this.');
const reasons = async (subjectId: string) => {
  const rows = await listAudit(portal().services.db, { limit: 200, action: 'call.refuse' });
  return rows.filter((row) => row.subjectId === subjectId).map(({ reason }) => reason);
};

it('a flood from outside grows the trail by two rows a minute and path, with its size', async () => {
  const { db } = portal().services;
  const folded = new FoldedRecorder(vi.fn(), 400);
  const call = (path: string) => recordRefusal({ db, folded }, null, path, refused);
  await Promise.all(Array.from({ length: 100 }, () => call('flooded.path')));
  await call('other.path');
  expect(await reasons('flooded.path')).toEqual(['nobody signed in']);
  expect(await reasons('other.path')).toEqual(['nobody signed in']);
  await vi.waitFor(async () =>
    expect(await reasons('flooded.path')).toEqual([
      'nobody signed in; 99 more within a minute',
      'nobody signed in',
    ]),
  );
  await pause(50);
  await call('flooded.path');
  expect(await reasons('flooded.path')).toHaveLength(3);
  expect(await reasons('other.path')).toHaveLength(1);
});

it('every refusal of somebody who is known has its own row', async () => {
  const { services, sessions } = portal();
  for (let i = 0; i < 3; i++) await recordRefusal(services, sessions.clinician, 'not.theirs', refused);
  expect(await reasons('not.theirs')).toEqual(Array(3).fill(refused.message));
});

it('says when the last row of a flood could not be written', async () => {
  const onError = vi.fn();
  const folded = new FoldedRecorder(onError, 20);
  const { db } = portal().services;
  const event = { actor: SYSTEM, action: 'call.refuse', subjectKind: 'call' } as const;
  await folded.record(db, 'x', event);
  await folded.record(db, 'x', { ...event, action: 'session.refuse' });
  const closed = vi.spyOn(db, 'insert').mockImplementation(() => {
    throw new Error('away');
  });
  await vi.waitFor(() => expect(onError).toHaveBeenCalled());
  closed.mockRestore();
});
