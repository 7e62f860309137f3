import { errorBodySchema, IMAGE_LIMITS, predictResponseSchema, readinessSchema } from '@blastwise/contracts';
import { createImage, decodeImage, encodeJpeg, encodePng } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelDouble } from '../testing/model-double.ts';
import { startTestService, TEST_TOKEN, type TestService } from '../testing/test-service.ts';

const authorization = `Bearer ${TEST_TOKEN}`;
const field = createImage(40, 30, [160, 100, 120]);

function predict(service: TestService, payload: Uint8Array | string, headers: Record<string, string> = {}) {
  return service.app.inject({
    method: 'POST',
    url: '/v1/predict',
    headers: { authorization, 'content-type': 'image/jpeg', ...headers },
    payload: Buffer.from(payload),
  });
}

/** A PNG header that claims the given size, with no pixels behind it. */
function pngBomb(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.writeUInt32BE(13, 8);
  bytes.write('IHDR', 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe('POST /v1/predict', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it.each([
    ['PNG', 'image/png', () => encodePng(field)],
    ['JPEG', 'image/jpeg', () => encodeJpeg(field, 95)],
    ['bytes of no declared type', 'application/octet-stream', () => encodePng(field)],
  ])('answers %s with the analysis and its mask', async (_, type, encode) => {
    const response = await predict(service, await encode(), { 'content-type': type });
    expect(response.statusCode).toBe(200);
    const body = predictResponseSchema.parse(response.json());
    expect(body.analysis).toMatchObject({ width: 40, height: 30, stage: 'Pre' });
    const mask = await decodeImage(Buffer.from(body.maskPng, 'base64'));
    expect([mask.width, mask.height, mask.data[0]]).toEqual([40, 30, 255]);
    const nucleus = await decodeImage(Buffer.from(body.nucleusPng ?? '', 'base64'));
    expect([nucleus.width, nucleus.height, nucleus.data[0]]).toEqual([40, 30, 0]);
    const [early, pre] = await Promise.all(
      [body.heatmapPngs.Early, body.heatmapPngs.Pre].map((png) => decodeImage(Buffer.from(png, 'base64'))),
    );
    expect([...(early?.data ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...(pre?.data ?? [])]).toEqual([255, 255, 255, 9, 9, 9]);
    expect(response.headers['cache-control']).toBe('private, no-store');
  });

  it.each([
    ['no token', undefined],
    ['a wrong token', 'Bearer token-of-another'],
    ['the token in another scheme', `Basic ${TEST_TOKEN}`],
    ['an empty token', 'Bearer '],
    ['the token and more', `Bearer ${TEST_TOKEN} x`],
  ])('refuses %s before it looks at the body', async (_, value) => {
    const response = await service.app.inject({
      method: 'POST',
      url: '/v1/predict',
      headers: { 'content-type': 'image/png', ...(value !== undefined && { authorization: value }) },
      payload: 'no image at all',
    });
    expect(response.statusCode).toBe(401);
    expect(errorBodySchema.parse(response.json()).error.code).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['zero bytes', 422, 'IMAGE_EMPTY', () => new Uint8Array()],
    ['text named .jpg', 422, 'NOT_AN_IMAGE', () => Buffer.from('this is a letter, not a photograph')],
    ['a GIF', 415, 'IMAGE_UNSUPPORTED', () => Buffer.from('GIF89a-and-so-on-and-so-on')],
    ['20,000 x 20,000 pixels', 413, 'IMAGE_TOO_LARGE', () => pngBomb(20_000, 20_000)],
    ['more than 25 MB', 413, 'IMAGE_TOO_LARGE', () => new Uint8Array(IMAGE_LIMITS.bytes + 1)],
    [
      'a truncated JPEG',
      422,
      'IMAGE_TRUNCATED',
      async () => {
        const whole = await encodeJpeg(createImage(200, 200, [90, 20, 200]), 95);
        return whole.subarray(0, whole.length >> 1);
      },
    ],
  ])('refuses %s with %i', async (_, status, code, make) => {
    const response = await predict(service, await make());
    expect(response.statusCode).toBe(status);
    const { error } = errorBodySchema.parse(response.json());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'refuses %s',
    async (type) => {
      const response = await predict(service, '{"a":1}', { 'content-type': type });
      expect(response.statusCode).toBe(415);
    },
  );

  it('repeats nothing of a request in its refusals', async () => {
    const canary = 'CANARY-PATIENT-7';
    const answers = await Promise.all([
      service.app.inject({ method: 'GET', url: `/${canary}?name=${canary}` }),
      service.app.inject({ method: 'GET', url: `/%zz${canary}` }),
      predict(service, canary),
      predict(service, '{}', { 'content-type': `text/${canary}` }),
    ]);
    for (const { statusCode, body } of answers) {
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain(canary);
    }
  });
});

describe('overload', () => {
  it('answers what it can and 503 with Retry-After to the rest', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let warm = false;
    const service = await startTestService(async () =>
      modelDouble({
        before: async () => {
          if (warm) await held;
          warm = true;
        },
      }),
    );
    const png = await encodePng(field);
    const answers = Array.from({ length: 12 }, () => predict(service, png));
    await new Promise((resolve) => setTimeout(resolve, 300));
    release();
    const settled = await Promise.all(answers);
    const refused = settled.filter((answer) => answer.statusCode === 503);
    // Four wait at most; between one and four are being answered.
    const answered = settled.filter((answer) => answer.statusCode === 200).length;
    expect(answered).toBeGreaterThanOrEqual(5);
    expect(answered).toBeLessThanOrEqual(8);
    expect(refused).toHaveLength(12 - answered);
    for (const answer of refused) {
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.json().error.code).toBe('OVERLOADED');
    }
    expect((await predict(service, png)).statusCode).toBe(200);
    await service.close();
  });
});

describe('status routes', () => {
  it('reports a model that answers', async () => {
    const service = await startTestService();
    const ready = await service.app.inject('/readyz');
    expect(ready.statusCode).toBe(200);
    expect(readinessSchema.parse(ready.json())).toEqual({
      ready: true,
      engine: 'double',
      modelDigest: 'd'.repeat(64),
      reason: null,
    });
    await predict(service, await encodePng(field));
    await predict(service, 'no image');
    const { body } = await service.app.inject('/metrics');
    expect(body).toContain('blastwise_ready 1');
    expect(body).toContain('blastwise_predictions_total{answer="Pre"} 1');
    expect(body).toContain('blastwise_http_requests_total{route="/v1/predict",status="422"} 1');
    expect(body).toContain('blastwise_queue_depth 0');
    expect(body).toMatch(/blastwise_phase_duration_seconds_count\{phase="predict"\} 1/);
    await service.close();
  });

  it.each([
    ['cannot be opened', async () => Promise.reject(new Error('secret detail'))],
    [
      'fails its warm-up',
      async () =>
        modelDouble({
          before: () => {
            throw new Error('no kernel');
          },
        }),
    ],
  ])('stays up and fails closed when the model %s', async (_, open) => {
    const service = await startTestService(open);
    expect((await service.app.inject('/healthz')).statusCode).toBe(200);
    const ready = await service.app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(readinessSchema.parse(ready.json())).toMatchObject({ ready: false, modelDigest: null });
    expect(ready.json().reason).toBe('The model could not be opened.');
    const answer = await predict(service, await encodePng(field));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toEqual({
      error: { code: 'UNAVAILABLE', message: 'No prediction can be made. The model could not be opened.' },
    });
    await service.close();
  });

  it('closes soon although a connection was busy when closing began', async () => {
    let calls = 0;
    const service = await startTestService(async () =>
      modelDouble({
        before: async () => {
          calls += 1;
          if (calls > 1) await new Promise((resolve) => setTimeout(resolve, 200));
        },
      }),
    );
    const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = fetch(`${url}/v1/predict`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/png' },
      body: new Uint8Array(await encodePng(field)),
    });
    await vi.waitFor(() => expect(calls).toBe(2));
    const began = performance.now();
    await service.close();
    expect((await answer).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('refuses new work and lets the model go when it closes', async () => {
    const model = modelDouble();
    const service = await startTestService(async () => model);
    await service.predictions.close();
    expect(model.closed).toBe(true);
    expect((await predict(service, await encodePng(field))).statusCode).toBe(503);
    await service.close();
  });
});
