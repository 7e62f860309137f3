import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  errorBodySchema,
  MATURITY_STAGES,
  type PredictResponse,
  predictResponseSchema,
  readinessSchema,
} from '@blastwise/contracts';
import { decodeImage, encodeJpeg } from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatedFields } from '../support/accepted-cases.ts';
import { type InferenceProcess, SERVICE_TOKEN, startInference } from '../support/inference-process.ts';

const CANARY = 'CANARY-PATIENT-7';
const SOON = { timeout: 20_000 };

function send(url: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/v1/predict?name=${CANARY}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SERVICE_TOKEN}`, 'content-type': 'image/png', ...headers },
    body: new Uint8Array(bytes),
  });
}

async function predict(url: string, bytes: Uint8Array): Promise<PredictResponse> {
  const response = await send(url, bytes);
  expect(response.status).toBe(200);
  return predictResponseSchema.parse(await response.json());
}

const maskOf = ({ maskPng }: PredictResponse) => decodeImage(Buffer.from(maskPng, 'base64'));

describe('the inference service with the starter model', () => {
  let service: InferenceProcess;
  let url: string;
  let fields: Uint8Array[];

  beforeAll(async () => {
    service = startInference({ BLASTWISE_BATCH_DELAY_MS: '20' });
    fields = await generatedFields(8);
    await service.ready();
    url = await service.url;
  });
  afterAll(() => service.end('SIGKILL'));

  it.each(MATURITY_STAGES.map((stage, i) => [stage, i] as const))(
    'analyses a generated %s field',
    async (_, i) => {
      const answer = await predict(url, fields[i] ?? new Uint8Array());
      const { modelDigest } = readinessSchema.parse(await (await fetch(`${url}/readyz`)).json());
      expect(answer.analysis).toMatchObject({ width: 224, height: 224, versions: { modelDigest } });
      const mask = await maskOf(answer);
      expect([mask.width, mask.height]).toEqual([224, 224]);
      expect(mask.data.every((value) => value === 0 || value === 255)).toBe(true);
      const heat = await decodeImage(Buffer.from(answer.heatmapPngs[answer.analysis.stage], 'base64'));
      expect([heat.width, heat.height]).toEqual([224, 224]);
      expect(answer.analysis.whiteCells?.every((cell) => cell.contributions !== null)).toBe(true);
    },
  );

  it('answers a field of another size with a mask of that size', async () => {
    const { image } = generateField({ seed: 5, stage: 'Pre', size: 448 });
    const answer = await predict(url, await encodeJpeg(image, 95));
    const mask = await maskOf(answer);
    expect([answer.analysis.width, mask.width, mask.height]).toEqual([448, 448, 448]);
  });

  it('answers in a batch as it answers alone', async () => {
    const alone: PredictResponse[] = [];
    for (const field of fields) alone.push(await predict(url, field));
    const together = await Promise.all(fields.map((field) => predict(url, field)));
    for (const [i, one] of alone.entries()) {
      for (const stage of MATURITY_STAGES) {
        const other = together[i]?.analysis.probabilities[stage];
        expect(other).toBeCloseTo(one.analysis.probabilities[stage], 5);
      }
      expect(together[i]?.analysis.stage).toBe(one.analysis.stage);
      expect(together[i]?.analysis.cells).toBe(one.analysis.cells);
    }
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const [, single] = /blastwise_batch_size_bucket\{le="1"\} (\d+)/.exec(metrics) ?? [];
    const [, all] = /blastwise_batch_size_count (\d+)/.exec(metrics) ?? [];
    expect(Number(all)).toBeGreaterThan(Number(single));
  });

  it.each([
    ['no token', 401, 'UNAUTHENTICATED', { authorization: '' }, 'anything'],
    ['text named .jpg', 422, 'NOT_AN_IMAGE', { 'content-type': 'image/jpeg' }, CANARY],
    ['JSON', 415, 'IMAGE_UNSUPPORTED', { 'content-type': 'application/json' }, `{"a":"${CANARY}"}`],
  ])('refuses %s', async (_, status, code, headers, body) => {
    const response = await send(url, Buffer.from(body), headers);
    expect(response.status).toBe(status);
    expect(errorBodySchema.parse(await response.json()).error.code).toBe(code);
  });

  it('logs neither bodies nor addresses', async () => {
    await vi.waitFor(() => expect(service.log()).toContain('/v1/predict'), SOON);
    expect(service.log()).not.toContain(CANARY);
    expect(service.log()).not.toContain(SERVICE_TOKEN);
  });

  it('answers what it has accepted before it ends on SIGTERM', async () => {
    const answers = fields.map((field) => send(url, field).then((response) => response.status));
    await Promise.race(answers);
    const asked = performance.now();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
  });
});

describe('fails closed', () => {
  it('stays up without a usable model, says why, and predicts nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blastwise-broken-'));
    await writeFile(join(folder, 'model.json'), '{}');
    const service = startInference({ BLASTWISE_MODEL_DIR: folder });
    const url = await service.url;
    await vi.waitFor(async () => {
      const response = await fetch(`${url}/readyz`);
      expect(response.status).toBe(503);
      expect(readinessSchema.parse(await response.json()).reason).toContain('model.json');
    }, SOON);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const [field = new Uint8Array()] = await generatedFields(1);
    const answer = await send(url, field);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(errorBodySchema.parse(await answer.json()).error.code).toBe('UNAVAILABLE');
    expect(await service.end('SIGTERM')).toBe(0);
    await rm(folder, { recursive: true });
  });

  it('does not start without a service token and says so in one sentence', async () => {
    const service = startInference({ BLASTWISE_SERVICE_TOKEN: '' });
    await expect(service.url).rejects.toThrow('ended with 2');
    await vi.waitFor(
      () =>
        expect(service.log()).toBe('The environment is not usable: BLASTWISE_SERVICE_TOKEN is missing.\n'),
      SOON,
    );
  });
});
