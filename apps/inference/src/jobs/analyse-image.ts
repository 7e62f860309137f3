import { type CostMatrix, DomainError, type ErrorCode, toStageVector } from '@blastwise/contracts';
import {
  type Decide,
  imageForAnalysis,
  markFailed,
  type Queryable,
  storeAnalysis,
  type TakenJob,
} from '@blastwise/db';
import type { BlobStore } from '@blastwise/db/blobs';
import { decide } from '@blastwise/model/decision';
import type { JobOutcome } from '../metrics/metrics.ts';
import type { PredictionService } from '../predictions/prediction-service.ts';
import { StandbyError } from './standby.ts';

export interface AnalyseImageOptions {
  db: Queryable;
  blobs: BlobStore;
  predictions: Pick<PredictionService, 'analyse'>;
}

/** What is wrong with the image itself: no further try will change it. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set([
  'IMAGE_EMPTY',
  'NOT_AN_IMAGE',
  'IMAGE_TOO_LARGE',
  'IMAGE_UNSUPPORTED',
  'IMAGE_TRUNCATED',
]);

const decideUnder: Decide = (analysis, costs: CostMatrix) =>
  decide(toStageVector(analysis.probabilities), costs, analysis.assessable);

const codeOf = (error: unknown): ErrorCode => (error instanceof DomainError ? error.code : 'INTERNAL');

async function analyse(
  { imageId }: TakenJob,
  { db, blobs, predictions }: AnalyseImageOptions,
): Promise<JobOutcome> {
  const image = await imageForAnalysis(db, imageId);
  if (!image || image.status === 'analysed') return 'repeated';
  const bytes = await blobs.get(image.blobSha256);
  // The worker bounds itself by its concurrency, so a queue full of callers does not fail a job.
  const { analysis, maskPng, durationMs } = await predictions.analyse(bytes, { reserved: true });
  const maskSha256 = await blobs.put(maskPng);
  const result = await storeAnalysis(db, { imageId, analysis, maskSha256, durationMs, decide: decideUnder });
  if (result.outcome === 'stale-model') throw new StandbyError('Another model is in service.');
  return result.outcome === 'stored' ? 'stored' : 'repeated';
}

/**
 * Works on one job; run twice it leaves one result. An image that cannot be read is marked failed at once. Any
 * other failure is thrown, so that the queue tries again; after the last try the image is marked failed.
 */
export async function analyseImage(job: TakenJob, options: AnalyseImageOptions): Promise<JobOutcome> {
  try {
    return await analyse(job, options);
  } catch (error) {
    if (error instanceof StandbyError) throw error;
    const code = codeOf(error);
    const hopeless = HOPELESS.has(code);
    if (hopeless || job.lastTry) await markFailed(options.db, { imageId: job.imageId, code });
    if (hopeless) return 'refused';
    throw error;
  }
}

/** For a job that failed every try without a word, as when the process died each time: the image says so. */
export async function giveUp(db: Queryable, imageId: string): Promise<void> {
  const image = await imageForAnalysis(db, imageId);
  if (image?.status === 'queued') await markFailed(db, { imageId, code: 'INTERNAL' });
}
