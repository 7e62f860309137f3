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
  /**
   * Opens and warms up another model beside the one that answers, then lets it take over: what was accepted before is
   * answered by the model before, everything later by the new one. Rejects when the new one cannot be used; the model
   * before keeps answering.
   */
  swap(open: () => Promise<ServedModel>): Promise<void>;
  /** What people should know although a model answers; null: nothing. */
  tell(trouble: string | null): void;
  readiness(): Readiness;
  /** The model that answers; null while there is none. */
  model(): ModelIdentity | null;
  /** DomainError UNAVAILABLE without a model, OVERLOADED when the queue is full, or what is wrong with the image. */
  analyse(bytes: Uint8Array, options?: SubmitOptions): Promise<FieldResult>;
  /** Answers what it has accepted, then lets the model go. */
  close(): Promise<void>;
}

type EncodePng = (values: Uint8Array, width: number, height: number) => Promise<Uint8Array>;

export interface PredictionServiceOptions {
  openModel: () => Promise<ServedModel>;
  decodeImage: (bytes: Uint8Array) => Promise<RgbImage>;
  encodeMaskPng: EncodePng;
  encodeGreyPng: EncodePng;
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

const STARTING_AGAIN = 'The model stopped and is being started again.';

const WARM_UP_SIZE = 224;
const grey = (size: number): RgbImage => ({
  width: size,
  height: size,
  data: new Uint8Array(size * size * 3).fill(200),
});

/** Why a model cannot be used, in one sentence. */
export const reasonOf = (error: unknown): string =>
  error instanceof DomainError ? error.message : 'The model could not be opened.';

/** The path from image bytes to a result. It has no database and knows no HTTP. */
export function createPredictionService(options: PredictionServiceOptions): PredictionService {
  const { metrics, log } = options;
  let inService: InService | null = null;
  let reason = 'The model is loading.';
  let trouble: string | null = null;
  let closed = false;
  let pixelsHeld = 0;
  let failures = 0;
  metrics.watchQueue(() => inService?.batcher.depth() ?? 0);
  metrics.watchReady(() => inService?.model.alive ?? false);

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
    const ofImage = (values: Uint8Array) => options.encodeMaskPng(values, analysis.width, analysis.height);
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

  async function opened(open: () => Promise<ServedModel>): Promise<InService> {
    const model = await open();
    try {
      await model.predict([grey(WARM_UP_SIZE)]);
    } catch (error) {
      await model.close();
      throw error;
    }
    const batcher = createBatcher({
      ...options.batching,
      run: (images: RgbImage[]) => watched(model.predict(images)),
      onBatch: metrics.batch,
    });
    return { model, batcher };
  }

  async function letGo(old: InService | null): Promise<void> {
    await old?.batcher.close();
    await old?.model.close();
  }

  async function takeOver(next: InService): Promise<void> {
    // Closed while the model was being opened.
    if (closed) return letGo(next);
    const old = inService;
    inService = next;
    failures = 0;
    const { engine, identity } = next.model;
    log.info({ engine, modelDigest: identity.digest }, 'model ready');
    await letGo(old);
  }

  return {
    async start() {
      try {
        await takeOver(await opened(options.openModel));
      } catch (error) {
        reason = reasonOf(error);
        log.error({ err: describeError(error) }, 'no model: predictions are refused');
      }
    },

    async swap(open) {
      await takeOver(await opened(open));
    },

    tell(sentence) {
      trouble = sentence;
    },

    readiness() {
      const model = inService?.model;
      const ready = model?.alive ?? false;
      return {
        ready,
        engine: model?.engine ?? null,
        modelDigest: model?.identity.digest ?? null,
        reason: ready ? trouble : model ? STARTING_AGAIN : reason,
      };
    },

    model: () => inService?.model.identity ?? null,

    async analyse(bytes, submit = {}) {
      current();
      const started = performance.now();
      const image = await metrics.timed('decode', () => options.decodeImage(bytes));
      const result = await inMemory(image, submit.reserved ?? false, () =>
        // The model of this moment: one may have taken over while the image was decoded.
        metrics.timed('predict', () => current().batcher.submit(image, submit)),
      );
      const { analysis } = result;
      const pictures = await metrics.timed('encode-mask', () => encode(result));
      metrics.prediction(analysis.assessable ? analysis.stage : 'not-assessable');
      return { analysis, ...pictures, durationMs: Math.round(performance.now() - started) };
    },

    async close() {
      const closing = inService;
      closed = true;
      reason = 'The service is shutting down.';
      inService = null;
      await letGo(closing);
    },
  };
}
