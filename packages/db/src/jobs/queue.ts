import {
  type AnalyseJob,
  analyseJobSchema,
  QUEUES,
  type TrainJob,
  trainJobSchema,
} from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Queryable } from '../client.ts';
import { BOSS_SCHEMA, SUPERVISE_SECONDS } from './policy.ts';

interface Taken {
  readonly jobId: string;
  /** 0 on the first try. */
  readonly retryCount: number;
  /** True when no further try follows a failure of this one. */
  readonly lastTry: boolean;
  /** Aborted when the job expires or the worker stops. */
  readonly signal: AbortSignal;
}

/** One analysis job as a worker gets it. */
export interface TakenJob extends AnalyseJob, Taken {}

/** One training job as a worker gets it. */
export interface TakenTraining extends TrainJob, Taken {}

export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

/** The durable queues of analyses and of trainings (pg-boss in the same database). */
export interface AnalysisQueue {
  /** Enqueues through the caller's transaction; an image already waiting is not enqueued twice. */
  enqueueAnalysis(tx: Queryable, imageId: string): Promise<void>;
  /**
   * Takes jobs until `stop`: up to `concurrency` at a time, woken by NOTIFY. A throw puts the job back with
   * backoff, after the last try into the dead-letter queue. A worker killed outright loses its job to another
   * within about 30 s.
   */
  work(options: { concurrency: number }, handler: (job: TakenJob) => Promise<void>): Promise<void>;
  /** Hands over what failed every try, also where the worker died each time: mark the field as failed here. */
  watchDead(handler: (imageId: string) => Promise<void>): Promise<void>;
  /** As with analyses; one training has one waiting job. */
  enqueueTraining(tx: Queryable, trainingId: string): Promise<void>;
  /** Takes trainings until `stop`, one at a time. */
  workTrainings(handler: (job: TakenTraining) => Promise<void>): Promise<void>;
  watchDeadTrainings(handler: (trainingId: string) => Promise<void>): Promise<void>;
  /** Analysis jobs waiting and running, for metrics. */
  depth(): Promise<QueueDepth>;
  /** Lets running handlers finish (at most `timeoutMs`, 10 s unless told), then closes. */
  stop(options?: { timeoutMs?: number }): Promise<void>;
}

function taken({ id, retryCount, retryLimit, signal }: JobWithMetadata<object>): Taken {
  return { jobId: id, retryCount, lastTry: retryCount >= retryLimit, signal };
}

/** A worker looks for its next job without a pause while many wait, twice a second otherwise. */
const PACE = {
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
  burstWhenReadyExceeds: 1,
  includeMetadata: true,
} as const;

async function queueDepth(boss: PgBoss): Promise<QueueDepth> {
  const text = `select
      count(*) filter (where name = $1 and state in ('created', 'retry')) as waiting,
      count(*) filter (where name = $1 and state = 'active') as active,
      count(*) filter (where name = $2 and state < 'completed') as dead
    from ${BOSS_SCHEMA}.job where name in ($1, $2) and state < 'completed'`;
  const { rows } = await boss.getDb().executeSql(text, [QUEUES.analyse, QUEUES.analyseDead]);
  const row: Record<string, unknown> = rows[0] ?? {};
  return { waiting: Number(row.waiting), active: Number(row.active), dead: Number(row.dead) };
}

/**
 * Opens the queue on a migrated database, as the application role. `work: false` (the portal, the command line)
 * only sends; `work: true` also watches over the jobs of silent workers.
 */
export async function openAnalysisQueue(
  url: string,
  options: { work: boolean; onError?: (error: unknown) => void },
): Promise<AnalysisQueue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: BOSS_SCHEMA,
    application_name: 'blastwise jobs',
    max: options.work ? 4 : 1,
    // The owner migrates; this role may not.
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    registerInstance: options.work,
    supervise: options.work,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    queueCacheIntervalSeconds: SUPERVISE_SECONDS,
    useListenNotify: options.work,
  });
  boss.on('error', (error) => options.onError?.(error));
  await boss.start();
  return {
    async enqueueAnalysis(tx, imageId) {
      const data: AnalyseJob = { imageId };
      await boss.send(QUEUES.analyse, data, { singletonKey: imageId, db: fromDrizzle(tx, sql) });
    },
    async work({ concurrency }, handler) {
      const options = { ...PACE, localConcurrency: concurrency };
      await boss.work<object, void, typeof options>(QUEUES.analyse, options, async (jobs) => {
        for (const job of jobs) await handler({ ...analyseJobSchema.parse(job.data), ...taken(job) });
      });
    },
    async watchDead(handler) {
      await boss.work<object>(QUEUES.analyseDead, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await handler(analyseJobSchema.parse(job.data).imageId);
      });
    },
    async enqueueTraining(tx, trainingId) {
      const data: TrainJob = { trainingId };
      await boss.send(QUEUES.train, data, { singletonKey: trainingId, db: fromDrizzle(tx, sql) });
    },
    async workTrainings(handler) {
      await boss.work<object, void, typeof PACE>(QUEUES.train, PACE, async (jobs) => {
        for (const job of jobs) await handler({ ...trainJobSchema.parse(job.data), ...taken(job) });
      });
    },
    async watchDeadTrainings(handler) {
      await boss.work<object>(QUEUES.trainDead, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await handler(trainJobSchema.parse(job.data).trainingId);
      });
    },
    depth: () => queueDepth(boss),
    stop: ({ timeoutMs = 10_000 } = {}) => boss.stop({ graceful: true, timeout: timeoutMs }),
  };
}
