import { QUEUES } from '@blastwise/contracts';
import { PgBoss } from 'pg-boss';
import { ANALYSE_POLICY, BOSS_SCHEMA, DEAD_POLICY, TRAIN_POLICY } from './policy.ts';

/** Makes or updates pg-boss's tables and our queues. Run by the owner; the application role only uses them. */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: BOSS_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  let failure: Error | undefined;
  boss.on('error', (error) => {
    failure ??= error;
  });
  try {
    await boss.start();
    for (const [name, policy] of [
      [QUEUES.analyseDead, DEAD_POLICY],
      [QUEUES.analyse, ANALYSE_POLICY],
      [QUEUES.trainDead, DEAD_POLICY],
      [QUEUES.train, TRAIN_POLICY],
    ] as const) {
      const { policy: _, ...changeable } = policy;
      if (await boss.getQueue(name)) await boss.updateQueue(name, changeable);
      else await boss.createQueue(name, policy);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failure) throw failure;
}
