import type { AddressInfo } from 'node:net';
import { createDatabase, modelInService } from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import { decodeImage, encodeGreyPng, encodeMaskPng, STARTER_DIR } from '@blastwise/model';
import type { Env } from './env.ts';
import { createServer } from './http/server.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { type Judgements, startJudgements } from './judgements/judgements.ts';
import { describeError, type Logger } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import type { ModelSource } from './models/model-source.ts';
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
  models: ModelSource;
  log: Logger;
  /** Told when the network fails again and again. */
  onSick: () => void;
}

/** The model in service, where the database tells it and it can be opened; else the one this process came with. */
async function openFirst({ jobs }: Env, models: ModelSource, log: Logger): Promise<ServedModel> {
  const { digest: own } = await models.own();
  const serving = jobs && (await servedDigest(jobs.databaseUrl));
  if (!serving || serving === own) return models.open(own);
  return models.open(serving).catch((error: unknown) => {
    log.error({ modelDigest: serving, err: describeError(error) }, 'the model in service cannot be opened');
    return models.open(own);
  });
}

async function servedDigest(databaseUrl: string): Promise<string | null> {
  const { db, close } = createDatabase(databaseUrl, { max: 1, name: 'blastwise-inference' });
  try {
    return (await modelInService(db))?.digest ?? null;
  } catch {
    // The worker asks again as soon as the database answers.
    return null;
  } finally {
    await close();
  }
}

/** The composition: HTTP answers at once, predictions and jobs start when the model has warmed up. */
export async function startService({ env, models, log, onSick }: ServiceOptions): Promise<Service> {
  const metrics = createMetrics();
  const predictions = createPredictionService({
    openModel: () => openFirst(env, models, log),
    decodeImage,
    encodeMaskPng,
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
  let judgements: Judgements | null = null;
  let stopping = false;
  const started = predictions.start().then(async () => {
    // Without a model no job is taken: cases wait in the queue.
    if (!env.jobs || !predictions.model() || stopping) return;
    const { databaseUrl, blobDir } = env.jobs;
    const blobs = openBlobStore(blobDir);
    judgements = startJudgements({ databaseUrl, blobDir, models, provider: env.provider, log });
    worker = startWorker({
      ...env.jobs,
      blobs,
      predictions,
      model: await models.own(),
      openModel: models.open,
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
      await Promise.all([app.close(), worker?.stop(), trainer?.stop(), judgements?.stop()]);
      await predictions.close();
    },
  };
}
