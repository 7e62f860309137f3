import { setTimeout as pause } from 'node:timers/promises';
import { createSession } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';
import type { LiveMessage } from './schemas.ts';
import { liveMessages } from './stream.ts';

const portal = withTestPortal();
beforeAll(() => putModelIntoService(portal()));

/** Reads until a message of the wanted kind comes. */
async function next(stream: AsyncGenerator<LiveMessage>, kind: LiveMessage['kind']): Promise<LiveMessage> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error('The stream ended.');
    if (value.kind === kind) return value;
  }
}

describe('live messages', () => {
  it('reach every open stream, once a result is stored', async () => {
    const stop = new AbortController();
    const open = () => liveMessages(portal().services, portal().sessions.clinician, stop.signal);
    const streams = [open(), open()];
    for (const stream of streams) expect(await stream.next()).toMatchObject({ value: { kind: 'connected' } });
    const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
      pseudonym: 'P-1',
      seeds: [1],
    });
    const [imageId = ''] = imageIds;
    await analyse(portal(), imageId, { Benign: 0, Early: 1, Pre: 0, Pro: 0 });
    for (const stream of streams)
      expect(await next(stream, 'image')).toEqual({ kind: 'image', imageId, caseId });
    stop.abort();
    for (const stream of streams) await stream.return(undefined);
  });

  it('end when the session does', async () => {
    const session = await createSession(portal().services.db, portal().users.senior.id);
    const stream = liveMessages(portal().services, session, undefined, 50);
    await stream.next();
    const ending = stream.next();
    await pause(120);
    await portal().tamper(`update sessions set revoked_at = now() where id = '${session.id}'`);
    await expect(ending).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
