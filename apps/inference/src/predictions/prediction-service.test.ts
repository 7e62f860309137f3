import { createImage, encodeGreyPng, type RgbImage } from '@blastwise/model';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { modelDouble } from '../testing/model-double.ts';
import { createPredictionService } from './prediction-service.ts';

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
