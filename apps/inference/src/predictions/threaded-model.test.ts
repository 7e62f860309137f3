import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImage, encodeGreyPng, encodeMaskPng, openPredictor } from '@blastwise/model';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { DOUBLE_DIGEST } from '../testing/model-double.ts';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { createPredictionService } from './prediction-service.ts';
import { openThreadedModel } from './threaded-model.ts';

const log = createLogger('silent');
const crashing = new URL('../testing/crashing-model.ts', import.meta.url);
const setup = { folder: 'double', digest: DOUBLE_DIGEST, provider: 'cpu', batch: 4 } as const;
const [good, deadly] = [createImage(4, 3, [70, 0, 0]), createImage(4, 3, [255, 0, 0])];

describe('a model in a thread', () => {
  it('answers as the predictor does, and refuses another model in its place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blastwise-threaded-'));
    const digest = await writeTinyModel(folder, 1);
    const image = createImage(300, 200, [220, 190, 205]);
    image.data.fill(90, 9000, 30_000);
    const predictor = await openPredictor(folder);
    const [expected] = await predictor.predict([image], { explain: true });
    await predictor.close();
    const model = await openThreadedModel({ ...setup, folder, digest }, log);
    const [answer] = await model.predict([image]);
    expect([model.engine, model.identity.digest, model.alive]).toEqual(['cpu', digest, true]);
    expect(answer?.analysis).toEqual(expected?.analysis);
    expect([answer?.mask, answer?.nucleus]).toEqual([expected?.mask, expected?.nucleus]);
    expect(image.data).toHaveLength(300 * 200 * 3);
    await model.close();
    await expect(openThreadedModel({ ...setup, folder }, log)).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringContaining('Another model lies'),
    });
    await rm(folder, { recursive: true });
  }, 60_000);

  it('says what kept it from opening', async () => {
    const opened = openThreadedModel({ ...setup, folder: 'missing' }, log, crashing);
    await expect(opened).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: 'There is no model.' });
  });

  it('rejects what waits when its thread crashes, is not alive meanwhile, and starts again by itself', async () => {
    const model = await openThreadedModel(setup, log, crashing);
    await expect(model.predict([deadly])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(model.alive).toBe(false);
    await vi.waitFor(() => expect(model.alive).toBe(true), { timeout: 20_000 });
    // One that does not wait for that is answered all the same.
    await expect(model.predict([deadly])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await model.predict([good]))[0]?.analysis.stage).toBe('Early');
    await model.close();
    expect(model.alive).toBe(false);
  }, 60_000);
});

it('whose network crashes inside its thread rejects what waits and starts again whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blastwise-threaded-'));
  const digest = await writeTinyModel(folder, 1);
  const file = new URL('../testing/crashing-network.ts', import.meta.url);
  const model = await openThreadedModel({ ...setup, folder, digest }, log, file);
  const answers = await Promise.allSettled([[good], [deadly], [good]].map((images) => model.predict(images)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(answers[1]).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
  expect(model.alive).toBe(false);
  expect((await model.predict([good]))[0]?.analysis.versions.modelDigest).toBe(digest);
  await model.close();
  await rm(folder, { recursive: true });
}, 60_000);

it('a service whose thread crashes is not ready until it is back, and answers the others of its batch', async () => {
  const service = createPredictionService({
    openModel: () => openThreadedModel(setup, log, crashing),
    decodeImage: async ([first = 0]) => (first === 255 ? deadly : good),
    encodeMaskPng,
    encodeGreyPng,
    batching: { maxSize: 3, maxDelayMs: 50, maxQueue: 9 },
    metrics: createMetrics(),
    log,
  });
  await service.start();
  expect(service.readiness()).toMatchObject({ ready: true, reason: null });
  let wasNotReady = false;
  const watching = setInterval(() => {
    const { ready, reason } = service.readiness();
    if (!ready && reason?.includes('started again')) wasNotReady = true;
  }, 1);
  const stages = await Promise.allSettled([1, 255, 1].map((first) => service.analyse(Uint8Array.of(first))));
  clearInterval(watching);
  expect(stages.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(wasNotReady).toBe(true);
  expect(service.readiness()).toMatchObject({ ready: true, reason: null });
  await service.close();
}, 60_000);
