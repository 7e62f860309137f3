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
import type { FieldResult, PredictionService } from '../predictions/prediction-service.ts';
import { StandbyError } from './standby.ts';

export interface AnalyseImageOptions {
  db: Queryable;
  blobs: BlobStore;
  predictions: Pick<PredictionService, 'analyse'>;
  /** Opens the model in service; false where it cannot. */
  follow: () => Promise<boolean>;
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
  decide(toStageVector(analysis.probabilities), costs, analysis);

const codeOf = (error: unknown): ErrorCode => (error instanceof DomainError ? error.code : 'INTERNAL');

/** Puts a field's masks and heatmaps into the blob store. */
async function storePictures({ maskPng, nucleusPng, heatmapPngs }: FieldResult, blobs: BlobStore) {
  const put = (png: Uint8Array) => blobs.put(png);
  const [maskSha256, nucleusSha256, Benign, Early, Pre, Pro] = await Promise.all([
    put(maskPng),
    nucleusPng && put(nucleusPng),
    put(heatmapPngs.Benign),
    put(heatmapPngs.Early),
    put(heatmapPngs.Pre),
    put(heatmapPngs.Pro),
  ]);
  return { maskSha256, nucleusSha256, heatmaps: { Benign, Early, Pre, Pro } };
}

async function analyse(job: TakenJob, options: AnalyseImageOptions): Promise<JobOutcome> {
  const { imageId } = job;
  const { db, blobs, predictions, follow } = options;
  const image = await imageForAnalysis(db, imageId);
  if (!image || image.status === 'analysed') return 'repeated';
  const bytes = await blobs.get(image.blobSha256);
  // The worker bounds itself by its concurrency, so a queue full of callers does not fail a job.
  const field = await predictions.analyse(bytes, { reserved: true });
  const { analysis, durationMs } = field;
  const stored = await storePictures(field, blobs);
  const result = await storeAnalysis(db, { imageId, analysis, ...stored, durationMs, decide: decideUnder });
  if (result.outcome === 'stale-model') {
    if (!(await follow())) throw new StandbyError('Another model is in service.');
    return analyse(job, options);
  }
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
