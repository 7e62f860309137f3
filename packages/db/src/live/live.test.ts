import type { LiveEvent } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTestDatabase } from '../testing/index.ts';
import { listenLive, notifyLive } from './live.ts';

describe('live events', () => {
  const test = withTestDatabase();
  const image: LiveEvent = {
    kind: 'image',
    imageId: '01890000-0000-7000-8000-000000000001',
    caseId: '01890000-0000-7000-8000-000000000002',
  };

  it('arrive after the commit, never without it, and again after the connection was lost', async () => {
    const { db, owner, appUrl } = test();
    const heard: LiveEvent[] = [];
    let reconnects = 0;
    const listener = await listenLive(appUrl, (event) => heard.push(event), {
      onReconnect: () => {
        reconnects += 1;
      },
    });
    try {
      await db
        .transaction(async (tx) => {
          await notifyLive(tx, { kind: 'models' });
          throw new Error('undone');
        })
        .catch(() => undefined);
      await notifyLive(db, image);
      await db.execute(sql`select pg_notify('blastwise_live', 'no event')`);
      await expect.poll(() => heard).toEqual([image]);
      await owner.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'blastwise live' and datname = current_database()`);
      await expect.poll(() => reconnects, { timeout: 5000 }).toBe(1);
      await notifyLive(db, { kind: 'costs' });
      await expect.poll(() => heard).toEqual([image, { kind: 'costs' }]);
    } finally {
      await listener.close();
    }
    await notifyLive(db, image);
    expect(heard).toHaveLength(2);
  });
});
