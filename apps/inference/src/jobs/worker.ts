import { setTimeout as pause } from 'node:timers/promises';
import {
  type AnalysisQueue,
  createDatabase,
  enqueueWaiting,
  type LiveListener,
  listenLive,
  openAnalysisQueue,
  serviceSettings,
  type TakenJob,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import { describeError, type Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { PredictionService } from '../predictions/prediction-service.ts';
import type { ModelIdentity, ServedModel } from '../predictions/served-model.ts';
import { analyseImage, giveUp } from './analyse-image.ts';
import { modelFollower } from './follow-model.ts';
import { bringIntoService } from './model-in-service.ts';
import { StandbyError } from './standby.ts';
import { watchDrift } from './watch-drift.ts';

export interface WorkerOptions {
  databaseUrl: string;
  blobs: BlobStore;
  predictions: Pick<PredictionService, 'analyse' | 'model' | 'swap' | 'tell'>;
  /** The model that this process came with. */
  model: ModelIdentity;
  openModel: (digest: string) => Promise<ServedModel>;
  /** Puts the model into service even where another one is that nobody chose. */
  takeOver: boolean;
  /** Jobs worked on at once. */
  concurrency: number;
  metrics: Metrics;
  log: Logger;
}

export interface Worker {
  /** Takes no more jobs, finishes those it has, and lets the database go. */
  stop(): Promise<void>;
}

const ASK_AGAIN_MS = 2_000;
const MEASURE_MS = 5_000;
const SWEEP_MS = 15_000;
const WATCH_MS = 15_000;
/** A notification may be missed; the model in service is looked up this often besides. */
const FOLLOW_MS = 5_000;
/** Leaves room for the rest of the shutdown within ten seconds. */
const FINISH_WITHIN_MS = 7_000;

const AI_OFF = 'The AI is switched off.';

const aborted = (signals: AbortSignal[]): Promise<void> =>
  new Promise((resolve) => {
    const any = AbortSignal.any(signals);
    if (any.aborted) resolve();
    any.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Works on analysis jobs until stopped. Whatever the database does meanwhile (not up yet, restarted, gone for a
 * while) it goes on by itself once it can.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { log, metrics, model } = options;
  const database = createDatabase(options.databaseUrl, { name: 'blastwise-inference' });
  const { db } = database;
  const stopping = new AbortController();
  const follow = modelFollower({ ...options, db });
  let registered = false;
  let listener: LiveListener | null = null;
  let waitingFor: string | null = null;
  /** Called when the models or the switch of the AI may have changed. */
  let changed = (): void => undefined;

  /** Why jobs must wait; null: they need not. */
  async function hindrance(): Promise<string | null> {
    const isServed = await follow();
    if (!(await serviceSettings(db)).aiEnabled) return AI_OFF;
    return isServed ? null : 'Another model than that of this process is in service.';
  }

  async function handle(job: TakenJob, queue: AnalysisQueue, standBy: () => void): Promise<void> {
    const about = { jobId: job.jobId, imageId: job.imageId, retryCount: job.retryCount };
    try {
      // The model in service is checked when the result is stored.
      if (!(await serviceSettings(db)).aiEnabled) throw new StandbyError(AI_OFF);
      const outcome = await metrics.timed('job', () => analyseImage(job, { ...options, db, follow }));
      metrics.job(outcome);
      log.info({ ...about, outcome }, 'job done');
    } catch (error) {
      if (error instanceof StandbyError) {
        // To wait is no failed try: this job ends well and another waits in its place.
        await queue.enqueueAnalysis(db, job.imageId);
        standBy();
        metrics.job('standby');
        log.info({ ...about, why: error.message }, 'job put back');
        return;
      }
      metrics.job(job.lastTry ? 'dead' : 'retried');
      log.warn({ ...about, lastTry: job.lastTry, err: describeError(error) }, 'job failed');
      throw error;
    }
  }

  /** A waiting field whose job is gone (lost with a table, purged by hand) gets another. */
  const sweep = (queue: AnalysisQueue): Promise<void> =>
    enqueueWaiting(db, queue).then(
      (fields) => {
        if (fields > 0) log.warn({ fields }, 'waiting fields had no job and are queued again');
      },
      (error) => log.warn({ err: describeError(error) }, 'not swept'),
    );

  let watching: Promise<void> | null = null;
  /** Once at a time; who asks meanwhile waits for the same. */
  function watch(): Promise<void> {
    watching ??= watchDrift({ db, digest: options.predictions.model()?.digest ?? model.digest })
      .then(
        (windows) => {
          if (windows > 0) log.info({ windows }, 'windows of cases judged for drift');
        },
        (error) => log.warn({ err: describeError(error) }, 'drift not watched'),
      )
      .finally(() => {
        watching = null;
      });
    return watching;
  }

  /** One stretch of work; resolves when there is a reason to pause. */
  async function work(): Promise<void> {
    if (!registered) {
      await bringIntoService(db, model, options.takeOver);
      registered = true;
    }
    listener ??= await listenLive(
      options.databaseUrl,
      ({ kind }) => {
        if (kind === 'models') changed();
      },
      { onReconnect: () => changed() },
    );
    const why = await hindrance();
    if (why !== waitingFor) log[why ? 'warn' : 'info']({ why }, why ? 'jobs wait' : 'jobs need not wait');
    waitingFor = why;
    if (why) return;
    const standby = new AbortController();
    const queue = await openAnalysisQueue(options.databaseUrl, {
      work: true,
      onError: (error) => log.warn({ err: describeError(error) }, 'queue error'),
    });
    const timers: ReturnType<typeof setInterval>[] = [];
    const check = () =>
      hindrance().then(
        (found) => found && standby.abort(),
        (error) => log.warn({ err: describeError(error) }, 'not checked'),
      );
    try {
      changed = check;
      await queue.work({ concurrency: options.concurrency }, (job) =>
        handle(job, queue, () => standby.abort()),
      );
      await queue.watchDead((imageId) => giveUp(db, imageId));
      log.info({ concurrency: options.concurrency }, 'taking jobs');
      metrics.takingJobs(true);
      const measure = () => queue.depth().then(metrics.backlog, () => undefined);
      timers.push(
        setInterval(measure, MEASURE_MS),
        setInterval(() => sweep(queue), SWEEP_MS),
        setInterval(watch, WATCH_MS),
        setInterval(check, FOLLOW_MS),
      );
      await Promise.all([sweep(queue), watch()]);
      await aborted([stopping.signal, standby.signal]);
    } finally {
      changed = () => undefined;
      for (const timer of timers) clearInterval(timer);
      metrics.takingJobs(false);
      await queue.stop({ timeoutMs: FINISH_WITHIN_MS });
    }
  }

  async function keepWorking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await work().catch((error) => log.warn({ err: describeError(error) }, 'not taking jobs'));
      const nudged = new AbortController();
      changed = () => nudged.abort();
      const signal = AbortSignal.any([stopping.signal, nudged.signal]);
      await pause(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  const finished = keepWorking();
  return {
    async stop() {
      stopping.abort();
      await finished;
      await watching;
      await listener?.close();
      await database.close();
    },
  };
}
