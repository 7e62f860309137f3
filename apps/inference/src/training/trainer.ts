import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type AnalysisQueue,
  createDatabase,
  enqueueWaitingTraining,
  failTraining,
  openAnalysisQueue,
  type TakenTraining,
} from '@blastwise/db';
import { describeError, type Logger } from '../log.ts';
import { announceDataFolder } from './data-folder.ts';
import { STOPPED, type TrainingOrder } from './order.ts';

export interface TrainerOptions extends Omit<TrainingOrder, 'trainingId'> {
  log: Logger;
}

export interface Trainer {
  /** The process of the training under way, or null. */
  pid(): number | null;
  /** Takes no more trainings and stops the one under way, which goes on from its last epoch once a trainer is there. */
  stop(): Promise<void>;
}

const ASK_AGAIN_MS = 2_000;
const SWEEP_MS = 15_000;
/** A process that does not stop by itself within this time is killed: a training survives that, too. */
const STOP_WITHIN_MS = 5_000;

const PROCESS = fileURLToPath(new URL('./training-process.ts', import.meta.url));
const TOO_OFTEN =
  'The training ended unexpectedly again and again; the log of the inference service says how.';

/** Takes trainings from the queue, one at a time, each into a process of its own, until stopped. */
export function startTrainer({ log, ...order }: TrainerOptions): Trainer {
  const database = createDatabase(order.databaseUrl, { max: 2, name: 'blastwise-trainer' });
  const { db } = database;
  const stopping = new AbortController();
  let child: ChildProcess | null = null;

  async function handle({ trainingId, jobId, retryCount, signal }: TakenTraining): Promise<void> {
    log.info({ trainingId, jobId, retryCount }, 'training taken');
    const stop = AbortSignal.any([stopping.signal, signal]);
    stop.throwIfAborted();
    child = fork(PROCESS, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      await ended(child, { ...order, trainingId }, stop);
    } finally {
      child = null;
    }
  }

  /** One stretch of work; ends with the trainer or by an error. */
  async function work(): Promise<void> {
    const queue = await openAnalysisQueue(order.databaseUrl, {
      work: true,
      onError: (error) => log.warn({ err: describeError(error) }, 'queue error'),
    });
    const sweep = () => sweepOnce(queue);
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      await queue.workTrainings(handle);
      await queue.watchDeadTrainings((id) => failTraining(db, { id, failure: TOO_OFTEN }));
      timer = setInterval(sweep, SWEEP_MS);
      await sweep();
      await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }));
    } finally {
      clearInterval(timer);
      await queue.stop({ timeoutMs: STOP_WITHIN_MS + 1_000 });
    }
  }

  const sweepOnce = (queue: AnalysisQueue): Promise<void> =>
    enqueueWaitingTraining(db, queue).then(
      (found) => {
        if (found) log.warn('a training had no job and is queued again');
      },
      (error) => log.warn({ err: describeError(error) }, 'not swept for trainings'),
    );

  async function keepWorking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await work().catch((error) => log.warn({ err: describeError(error) }, 'not taking trainings'));
      await pause(ASK_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const { dataFolder, modelStoreDir, modelDir } = order;
  const announced =
    dataFolder === null
      ? Promise.resolve()
      : announceDataFolder({ db, dataFolder, modelStoreDir, modelDir, signal: stopping.signal, log });
  const finished = keepWorking();
  return {
    pid: () => child?.pid ?? null,
    async stop() {
      stopping.abort();
      await Promise.all([finished, announced]);
      await database.close();
    },
  };
}

/** Resolves when the process has done its work. @throws Error where it ended otherwise, so that the queue tries again. */
async function ended(child: ChildProcess, order: TrainingOrder, stop: AbortSignal): Promise<void> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    child.kill('SIGTERM');
    late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  };
  const gone = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
  });
  // A process that is gone before it hears its order says so by its exit.
  child.send(order, () => undefined);
  stop.addEventListener('abort', ask, { once: true });
  try {
    const how = await gone;
    if (how === '0') return;
    throw new Error(
      how === String(STOPPED) ? 'The training was stopped.' : `The training process ended with ${how}.`,
    );
  } finally {
    clearTimeout(late);
    stop.removeEventListener('abort', ask);
  }
}
