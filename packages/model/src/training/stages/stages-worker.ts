// Trains one upper part in a thread of its own, one a core.
import { parentPort, workerData } from 'node:worker_threads';
import { type ChosenEngine, selectEngine } from '../../engine/index.ts';
import type { WorkerMessage } from './run-jobs.ts';
import { runStagesJob, type StagesJob } from './stages-job.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');
const { job, engine } = workerData as { job: StagesJob; engine: ChosenEngine };

await selectEngine(engine);
const result = await runStagesJob(job, (done, more) => {
  port.postMessage({ kind: 'step', done, more } satisfies WorkerMessage);
});
port.postMessage({ kind: 'done', result } satisfies WorkerMessage);
