import type { AddressInfo } from 'node:net';
import { openBlobStore } from '@blastwise/db/blobs';
import { decodeImage, encodeGreyPng, STARTER_DIR } from '@blastwise/model';
import type { Env } from './env.ts';
import { createServer } from './http/server.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createPredictionService } from './predictions/prediction-service.ts';
import type { ServedModel } from './predictions/served-model.ts';
import { startTrainer } from './training/trainer.ts';

export interface Service {
  /** Where HTTP is answered, such as "http://127.0.0.1:4001". */
  readonly url: string;
  /** Refuses new work, finishes what it has, and closes. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  env: Env;
  openModel: () => Promise<ServedModel>;
  log: Logger;
  /** Told when the network fails again and again. */
  onSick: () => void;
}

/** The composition: HTTP answers at once, predictions and jobs start when the model has warmed up. */
export async function startService({ env, openModel, log, onSick }: ServiceOptions): Promise<Service> {
  const metrics = createMetrics();
  const predictions = createPredictionService({
    openModel,
    decodeImage,
    encodeGreyPng,
    batching: env.batching,
    metrics,
    log,
    onSick,
  });
  const app = createServer({
    predictions,
    serviceToken: env.serviceToken,
    maxInFlight: env.batching.maxQueue + env.batching.maxSize,
    metrics,
    log,
  });
  await app.listen({ host: env.host, port: env.port });
  const address = app.server.address() as AddressInfo;

  const trainer = env.jobs
    ? startTrainer({
        ...env.jobs,
        modelDir: env.modelDir ?? STARTER_DIR,
        logLevel: env.logLevel,
        log,
      })
    : null;
  let worker: Worker | null = null;
  let stopping = false;
  const started = predictions.start().then(() => {
    const model = predictions.model();
    // Without a model no job is taken: cases wait in the queue.
    if (!env.jobs || !model || stopping) return;
    worker = startWorker({
      ...env.jobs,
      blobs: openBlobStore(env.jobs.blobDir),
      predictions,
      model,
      concurrency: env.batching.maxSize,
      metrics,
      log,
    });
  });

  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async stop() {
      stopping = true;
      await started;
      await Promise.all([app.close(), worker?.stop(), trainer?.stop()]);
      await predictions.close();
    },
  };
}
