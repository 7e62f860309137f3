import { availableParallelism } from 'node:os';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { type ChosenEngine, isProcessor } from '../../engine/index.ts';
import type { Report } from '../progress.ts';
import { runStagesJob, type StagesJob, type StagesResult } from './stages-job.ts';

type Step = Parameters<Report>;
export type WorkerMessage =
  | { readonly kind: 'step'; readonly done: Step[0]; readonly more: Step[1] }
  | { readonly kind: 'done'; readonly result: StagesResult };

// Node strips the types of a worker's file as it does for any other.
const WORKER_FILE = new URL('./stages-worker.ts', import.meta.url);

function runInThread(job: StagesJob, engine: ChosenEngine, report: Report, stop: AbortSignal) {
  return new Promise<StagesResult>((resolve, reject) => {
    const worker = new Worker(WORKER_FILE, { workerData: { job, engine }, execArgv: [], env: SHARE_ENV });
    const fail = (error: unknown) => {
      void worker.terminate();
      reject(error);
    };
    stop.addEventListener('abort', () => fail(stop.reason), { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'done') return resolve(message.result);
      try {
        report(message.done, message.more);
      } catch (error) {
        fail(error);
      }
    });
    worker.once('error', fail);
    worker.once('exit', (code) => reject(new Error(`A training thread ended with ${code}.`)));
  });
}

/**
 * Runs trainings in the order given, side by side, one a core, on an engine of the processor. `report` hears of all steps
 * together, and of the first training's epoch and loss. The first failure stops the others.
 */
export async function runStagesJobs(
  jobs: readonly StagesJob[],
  engine: ChosenEngine,
  report: Report,
): Promise<StagesResult[]> {
  const steps = jobs.map(() => 0);
  const reportOf =
    (i: number): Report =>
    (done, more) => {
      steps[i] = done;
      const leader = steps.findIndex((n) => n > 0);
      report(
        steps.reduce((a, b) => a + b, 0),
        i === leader ? more : undefined,
      );
    };
  if (jobs.length === 1 || !isProcessor(engine)) {
    const results: StagesResult[] = [];
    for (const [i, job] of jobs.entries()) results.push(await runStagesJob(job, reportOf(i)));
    return results;
  }
  const results: StagesResult[] = [];
  const stop = new AbortController();
  let next = 0;
  const work = async () => {
    while (next < jobs.length && !stop.signal.aborted) {
      const i = next++;
      results[i] = await runInThread(jobs[i] as StagesJob, engine, reportOf(i), stop.signal);
    }
  };
  const lanes = Array.from({ length: Math.min(jobs.length, availableParallelism()) }, work);
  try {
    await Promise.all(lanes);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(lanes);
    throw error;
  }
  return results;
}
