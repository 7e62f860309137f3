// Works on one training in a process of its own, so that no prediction waits for it.
import { constants, getPriority, setPriority } from 'node:os';
import { createDatabase } from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import { openModelStore } from '@blastwise/db/model-store';
import { createLogger, describeError } from '../log.ts';
import { STOPPED, type TrainingOrder, trainingOrderSchema } from './order.ts';
import { runTraining } from './run-training.ts';

const stop = new AbortController();
const ask = (why: string) => () => stop.abort(new Error(why));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, ask(signal));
// Should the service be killed outright, nothing goes on without it.
process.on('disconnect', ask('The service is gone.'));
// Below the service's own priority, whatever that is.
const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
setPriority(Math.min(PRIORITY_LOW, getPriority() + PRIORITY_BELOW_NORMAL));

async function work(order: TrainingOrder): Promise<number> {
  const log = createLogger(order.logLevel);
  const { db, close } = createDatabase(order.databaseUrl, { max: 2, name: 'blastwise-training' });
  try {
    const end = await runTraining(order.trainingId, {
      db,
      blobs: openBlobStore(order.blobDir),
      models: openModelStore(order.modelStoreDir),
      modelDir: order.modelDir,
      runDir: order.runDir,
      dataFolder: order.dataFolder,
      signal: stop.signal,
      log,
    });
    log.info({ trainingId: order.trainingId, end }, 'training ended');
    return 0;
  } catch (error) {
    if (!stop.signal.aborted)
      log.warn({ trainingId: order.trainingId, err: describeError(error) }, 'training interrupted');
    return stop.signal.aborted ? STOPPED : 1;
  } finally {
    await close();
  }
}

process.once('message', (message) => {
  work(trainingOrderSchema.parse(message)).then(
    (code) => process.exit(code),
    () => process.exit(1),
  );
});
