import {
  type Analysis,
  DomainError,
  IMAGE_LIMITS,
  type Readiness,
  type StageRecord,
} from '@blastwise/contracts';
import type { RgbImage } from '@blastwise/model';
import { type Batcher, createBatcher, type SubmitOptions } from '../batching/batcher.ts';
import { describeError, type Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ModelIdentity, ServedModel, ServedResult } from './served-model.ts';

/** One field, analysed: masks are 8-bit PNGs (0 or 255) of the input's size, heatmaps such of its shape. */
export interface FieldResult {
  analysis: Analysis;
  maskPng: Uint8Array;
  nucleusPng: Uint8Array | null;
  heatmapPngs: StageRecord<Uint8Array>;
  /** From the encoded bytes to the encoded pictures, the wait for a batch included. */
  durationMs: number;
}

export interface PredictionService {
  /** Opens and warms up the model. Never rejects: a model that cannot be used leaves the service not ready. */
  start(): Promise<void>;
  readiness(): Readiness;
  /** The model that answers; null while there is none. */
  model(): ModelIdentity | null;
  /** DomainError UNAVAILABLE without a model, OVERLOADED when the queue is full, or what is wrong with the image. */
  analyse(bytes: Uint8Array, options?: SubmitOptions): Promise<FieldResult>;
  /** Answers what it has accepted, then lets the model go. */
  close(): Promise<void>;
}

export interface PredictionServiceOptions {
  openModel: () => Promise<ServedModel>;
  decodeImage: (bytes: Uint8Array) => Promise<RgbImage>;
  encodeGreyPng: (values: Uint8Array, width: number, height: number) => Promise<Uint8Array>;
  batching: { maxSize: number; maxDelayMs: number; maxQueue: number };
  metrics: Metrics;
  log: Logger;
  /** Told once when the network fails again and again: a fresh process may do better. */
  onSick?: () => void;
}

interface InService {
  model: ServedModel;
  batcher: Batcher<RgbImage, ServedResult>;
}

/** Decoded pixels that may be in memory for callers at once: eight of the largest images, 0.8 GB. */
const PIXELS_HELD = 8 * IMAGE_LIMITS.pixels;

/** Calls of the network that fail in a row before it counts as sick; a single bad image fails but a few. */
const SICK_AFTER = 12;

const WARM_UP_SIZE = 224;
const grey = (size: number): RgbImage => ({
  width: size,
  height: size,
  data: new Uint8Array(size * size * 3).fill(200),
});

const reasonOf = (error: unknown): string =>
  error instanceof DomainError ? error.message : 'The model could not be opened.';

/** The path from image bytes to a result. It has no database and knows no HTTP. */
export function createPredictionService(options: PredictionServiceOptions): PredictionService {
  const { metrics, log } = options;
  let inService: InService | null = null;
  let reason = 'The model is loading.';
  let pixelsHeld = 0;
  let failures = 0;
  metrics.watchQueue(() => inService?.batcher.depth() ?? 0);
  metrics.ready(false);

  function current(): InService {
    if (!inService) throw new DomainError('UNAVAILABLE', `No prediction can be made. ${reason}`);
    return inService;
  }

  async function inMemory<T>(image: RgbImage, reserved: boolean, work: () => Promise<T>): Promise<T> {
    const pixels = image.width * image.height;
    if (!reserved && pixelsHeld + pixels > PIXELS_HELD) {
      throw new DomainError('OVERLOADED', 'Too many large images are waiting; try again shortly.');
    }
    pixelsHeld += pixels;
    try {
      return await work();
    } finally {
      pixelsHeld -= pixels;
    }
  }

  async function encode({ analysis, mask, nucleus, heat }: ServedResult) {
    const ofImage = (values: Uint8Array) => options.encodeGreyPng(values, analysis.width, analysis.height);
    const ofHeat = (values: Uint8Array) => options.encodeGreyPng(values, heat.width, heat.height);
    const [maskPng, nucleusPng, Benign, Early, Pre, Pro] = await Promise.all([
      ofImage(mask),
      nucleus && ofImage(nucleus),
      ofHeat(heat.pixels.Benign),
      ofHeat(heat.pixels.Early),
      ofHeat(heat.pixels.Pre),
      ofHeat(heat.pixels.Pro),
    ]);
    return { maskPng, nucleusPng, heatmapPngs: { Benign, Early, Pre, Pro } };
  }

  async function watched<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      failures = 0;
      return result;
    } catch (error) {
      failures += 1;
      if (failures === SICK_AFTER) options.onSick?.();
      throw error;
    }
  }

  return {
    async start() {
      try {
        const model = await options.openModel();
        await model.predict([grey(WARM_UP_SIZE)]);
        const batcher = createBatcher({
          ...options.batching,
          run: (images: RgbImage[]) => watched(model.predict(images)),
          onBatch: metrics.batch,
        });
        inService = { model, batcher };
        metrics.ready(true);
        log.info({ engine: model.engine, modelDigest: model.identity.digest }, 'model ready');
      } catch (error) {
        reason = reasonOf(error);
        log.error({ err: describeError(error) }, 'no model: predictions are refused');
      }
    },

    readiness: () => ({
      ready: inService !== null,
      engine: inService?.model.engine ?? null,
      modelDigest: inService?.model.identity.digest ?? null,
      reason: inService ? null : reason,
    }),

    model: () => inService?.model.identity ?? null,

    async analyse(bytes, submit = {}) {
      const { batcher } = current();
      const started = performance.now();
      const image = await metrics.timed('decode', () => options.decodeImage(bytes));
      const result = await inMemory(image, submit.reserved ?? false, () =>
        metrics.timed('predict', () => batcher.submit(image, submit)),
      );
      const { analysis } = result;
      const pictures = await metrics.timed('encode-mask', () => encode(result));
      metrics.prediction(analysis.assessable ? analysis.stage : 'not-assessable');
      return { analysis, ...pictures, durationMs: Math.round(performance.now() - started) };
    },

    async close() {
      const closing = inService;
      reason = 'The service is shutting down.';
      inService = null;
      metrics.ready(false);
      await closing?.batcher.close();
      await closing?.model.close();
    },
  };
}
