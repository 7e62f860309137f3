import type { AnalyseJob } from '@blastwise/contracts';
import type { Queryable } from '../client.ts';
import { unbuilt } from '../unbuilt.ts';

/** One analysis job as a worker gets it. */
export interface TakenJob extends AnalyseJob {
  readonly jobId: string;
  /** 0 on the first try. */
  readonly retryCount: number;
  /** True when no further try follows a failure of this one. */
  readonly lastTry: boolean;
  /** Aborted when the job expires or the worker stops. */
  readonly signal: AbortSignal;
}

/** The durable analysis queue (pg-boss in the same database). */
export interface AnalysisQueue {
  /** Enqueues through the caller's transaction; an image already waiting is not enqueued twice. */
  enqueueAnalysis(tx: Queryable, imageId: string): Promise<void>;
  /**
   * Takes jobs until `stop`: up to `concurrency` at a time, woken by NOTIFY. A throw puts the job back with
   * backoff, after the last try into the dead-letter queue. A worker killed outright loses its job to another
   * within about 30 s.
   */
  work(options: { concurrency: number }, handler: (job: TakenJob) => Promise<void>): Promise<void>;
  /** Jobs waiting and running, for metrics. */
  depth(): Promise<{ waiting: number; active: number; dead: number }>;
  /** Lets running handlers finish (at most `timeoutMs`, 10 s unless told), then closes. */
  stop(options?: { timeoutMs?: number }): Promise<void>;
}

/** `work: false` (the portal, the command line) only sends; `work: true` also watches over expired jobs. */
export async function openAnalysisQueue(
  url: string,
  options: { work: boolean; onError?: (error: unknown) => void },
): Promise<AnalysisQueue> {
  return unbuilt(url, options);
}
