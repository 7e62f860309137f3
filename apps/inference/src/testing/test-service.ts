import { decodeImage, encodeGreyPng, encodeMaskPng } from '@blastwise/model';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../http/server.ts';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createPredictionService, type PredictionService } from '../predictions/prediction-service.ts';
import type { ServedModel } from '../predictions/served-model.ts';
import { modelDouble } from './model-double.ts';

export const TEST_TOKEN = 'token-of-the-tests';

export interface TestService {
  app: FastifyInstance;
  predictions: PredictionService;
  close(): Promise<void>;
}

/** The whole HTTP service around a model, in this process and without a port. */
export async function startTestService(
  openModel: () => Promise<ServedModel> = async () => modelDouble(),
  batching = { maxSize: 4, maxDelayMs: 2, maxQueue: 4 },
): Promise<TestService> {
  const log = createLogger('silent');
  const metrics = createMetrics();
  const predictions = createPredictionService({
    openModel,
    decodeImage,
    encodeMaskPng,
    encodeGreyPng,
    batching,
    metrics,
    log,
  });
  await predictions.start();
  const maxInFlight = batching.maxQueue + batching.maxSize;
  const app = createServer({ predictions, serviceToken: TEST_TOKEN, maxInFlight, metrics, log });
  await app.ready();
  return {
    app,
    predictions,
    async close() {
      await app.close();
      await predictions.close();
    },
  };
}
