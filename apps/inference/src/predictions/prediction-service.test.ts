import { createImage, encodeGreyPng, encodeMaskPng, type RgbImage } from '@blastwise/model';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { modelDouble } from '../testing/model-double.ts';
import { createPredictionService, type PredictionService } from './prediction-service.ts';
import type { ServedModel } from './served-model.ts';

interface Made {
  /** Whether the network fails at its nth call after the warm-up. */
  fails?: (call: number) => boolean;
  image?: RgbImage;
  maxQueue?: number;
}

async function made({ fails = () => false, image = createImage(4, 3, [10, 10, 10]), maxQueue = 99 }: Made) {
  let calls = -1;
  const onSick = vi.fn();
  const service = createPredictionService({
    openModel: async () =>
      modelDouble({
        before: () => {
          calls += 1;
          if (calls > 0 && fails(calls)) throw new Error('device lost');
        },
      }),
    decodeImage: async () => image,
    encodeMaskPng,
    encodeGreyPng,
    batching: { maxSize: 1, maxDelayMs: 0, maxQueue },
    metrics: createMetrics(),
    log: createLogger('silent'),
    onSick,
  });
  await service.start();
  return { service, onSick };
}

const bytes = new Uint8Array(1);

describe('createPredictionService', () => {
  it.each([
    { tries: 11, fails: () => true, sick: 0, why: 'a few failures in a row are no sickness' },
    { tries: 30, fails: () => true, sick: 1, why: 'many in a row are, told once' },
    {
      tries: 60,
      fails: (call: number) => call % 10 > 0,
      sick: 0,
      why: 'an answer between them starts the count anew',
    },
  ])('$why', async ({ tries, fails, sick }) => {
    const { service, onSick } = await made({ fails });
    for (let i = 0; i < tries; i++) await service.analyse(bytes).catch(() => undefined);
    expect(onSick).toHaveBeenCalledTimes(sick);
  });

  it('refuses callers whose large images would not fit in memory, but never a job', async () => {
    // 32 megapixels each: eight may be held at once.
    const { service } = await made({ image: { width: 8_000, height: 4_000, data: new Uint8Array(3) } });
    const settled = await Promise.allSettled([
      ...Array.from({ length: 9 }, () => service.analyse(bytes).catch((error) => error.code)),
      service.analyse(bytes, { reserved: true }).then(() => 'answered'),
    ]);
    const outcomes = settled.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'));
    expect(outcomes.filter((outcome) => outcome === 'OVERLOADED')).toHaveLength(1);
    expect(outcomes.at(-1)).toBe('answered');
  });
});

describe('swap', () => {
  const digestOf = (service: PredictionService) =>
    service.analyse(bytes, { reserved: true }).then(({ analysis }) => analysis.versions.modelDigest);

  /** A model whose answers after the warm-up wait until they are let go. */
  function heldModel(digest: string) {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let calls = 0;
    const model = modelDouble({ digest, before: () => (calls++ > 0 ? held : undefined) });
    return { model, letGo: () => letGo() };
  }
  const serviceOf = async (model: ServedModel) => {
    const service = createPredictionService({
      openModel: async () => model,
      decodeImage: async () => createImage(4, 3, [10, 10, 10]),
      encodeMaskPng,
      encodeGreyPng,
      batching: { maxSize: 2, maxDelayMs: 0, maxQueue: 99 },
      metrics: createMetrics(),
      log: createLogger('silent'),
    });
    await service.start();
    return service;
  };
  const [OLD, NEW] = ['d'.repeat(64), 'e'.repeat(64)];

  it('answers what was accepted before by the old model and what comes later by the new one, dropping nothing', async () => {
    const old = heldModel(OLD);
    const service = await serviceOf(old.model);
    const before = Array.from({ length: 5 }, () => digestOf(service));
    // Decoded and in the old model's queue.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const swapped = service.swap(async () => modelDouble({ digest: NEW }));
    await vi.waitFor(() => expect(service.model()?.digest).toBe(NEW));
    expect(await digestOf(service)).toBe(NEW);
    expect(old.model.closed).toBe(false);
    old.letGo();
    await swapped;
    expect(await Promise.all(before)).toEqual(Array(5).fill(OLD));
    expect(old.model.closed).toBe(true);
    await service.close();
  });

  it('keeps the old model when the new one cannot be opened or does not survive its warm-up', async () => {
    const service = await serviceOf(modelDouble({ digest: OLD }));
    await expect(service.swap(async () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    const sick = modelDouble({
      digest: NEW,
      before: () => {
        throw new Error('device lost');
      },
    });
    await expect(service.swap(async () => sick)).rejects.toThrow('device lost');
    expect(sick.closed).toBe(true);
    expect(await digestOf(service)).toBe(OLD);
    service.tell('The champion cannot be opened.');
    expect(service.readiness()).toMatchObject({ ready: true, reason: 'The champion cannot be opened.' });
  });

  it('lets a model go that was being opened when the service closed', async () => {
    const service = await serviceOf(modelDouble({ digest: OLD }));
    const next = modelDouble({ digest: NEW });
    let open = (): void => undefined;
    const swapped = service.swap(
      () =>
        new Promise((resolve) => {
          open = () => resolve(next);
        }),
    );
    await service.close();
    open();
    await swapped;
    expect(next.closed).toBe(true);
    expect(service.model()).toBeNull();
  });
});
