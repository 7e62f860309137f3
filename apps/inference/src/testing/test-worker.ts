import type { BlobStore } from '@blastwise/db/blobs';
import { decodeImage, encodeGreyPng, encodeMaskPng } from '@blastwise/model';
import { startWorker, type Worker } from '../jobs/worker.ts';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createPredictionService, type PredictionService } from '../predictions/prediction-service.ts';
import type { ServedModel } from '../predictions/served-model.ts';
import { modelDouble } from './model-double.ts';

const batching = { maxSize: 4, maxDelayMs: 1, maxQueue: 8 };

export async function testPredictions(model: ServedModel = modelDouble()): Promise<PredictionService> {
  const predictions = createPredictionService({
    openModel: async () => model,
    decodeImage,
    encodeMaskPng,
    encodeGreyPng,
    batching,
    metrics: createMetrics(),
    log: createLogger('silent'),
  });
  await predictions.start();
  return predictions;
}

/** A worker in this process around a model; stop it at the end. */
export async function startTestWorker(
  databaseUrl: string,
  blobs: BlobStore,
  model: ServedModel = modelDouble(),
  takeOver = false,
  openModel: (digest: string) => Promise<ServedModel> = async () => {
    throw new Error('There is no other model.');
  },
): Promise<Worker> {
  return startWorker({
    databaseUrl,
    blobs,
    predictions: await testPredictions(model),
    model: model.identity,
    openModel,
    takeOver,
    concurrency: 4,
    metrics: createMetrics(),
    log: createLogger('silent'),
  });
}
