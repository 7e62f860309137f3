import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { predictResponseSchema, readinessSchema } from '@blastwise/contracts';
import { registerModel, SYSTEM, setModelInService } from '@blastwise/db';
import { addCopy, openModelStore } from '@blastwise/db/model-store';
import { withTestDatabase } from '@blastwise/db/testing';
import { createImage, encodePng } from '@blastwise/model';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readEnv } from './env.ts';
import { createLogger } from './log.ts';
import { modelSource } from './models/model-source.ts';
import { startService } from './service.ts';
import { writeTinyModel } from './testing/tiny-model.ts';

const database = withTestDatabase();
const SOON = { timeout: 60_000, interval: 100 };
const TOKEN = 'token-of-the-tests';

let root = '';
const digests = { own: '', next: '', broken: '' };
const at = (name: string) => join(root, name);
const store = () => openModelStore(at('models'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'service-'));
  for (const [name, seed] of [
    ['own', 1],
    ['next', 2],
    ['broken', 3],
  ] as const) {
    const digest = await writeTinyModel(at(name), seed);
    digests[name] = digest;
    if (name === 'own') continue;
    await addCopy(store(), at(name), digest);
    await registerModel(database().db, {
      reason: 'For tests.',
      actor: SYSTEM,
      digest,
      name,
      card: '',
      manifest: {},
    });
  }
  await appendFile(join(store().folderOf(digests.broken), 'weights.safetensors'), '!');
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

function start() {
  const env = readEnv({
    BLASTWISE_SERVICE_TOKEN: TOKEN,
    BLASTWISE_MODEL_DIR: at('own'),
    DATABASE_URL: database().appUrl,
    BLASTWISE_BLOB_DIR: at('blobs'),
  });
  const log = createLogger('silent');
  return startService({ env, models: modelSource(env, log), log, onSick: () => undefined });
}
const serve = (digest: string) =>
  setModelInService(database().db, { actor: SYSTEM, digest, reason: 'For tests.' });
const readiness = async (url: string) => readinessSchema.parse(await (await fetch(`${url}/readyz`)).json());
const answers = (url: string, digest: string) =>
  vi.waitFor(async () => {
    const said = await readiness(url);
    expect(said).toMatchObject({ ready: true, modelDigest: digest, reason: null });
  }, SOON);

it('answers with the model in service, whichever it is, and says so where it cannot', {
  timeout: 180_000,
}, async () => {
  const first = await start();
  await answers(first.url, digests.own);
  await vi.waitFor(async () => expect(await store().has(digests.own)).toBe(true), SOON);
  await vi.waitFor(async () => expect(await serve(digests.next)).toMatchObject({ state: 'champion' }), SOON);
  await answers(first.url, digests.next);

  await serve(digests.broken);
  await vi.waitFor(async () => {
    const said = await readiness(first.url);
    expect(said).toMatchObject({ ready: true, modelDigest: digests.next });
    expect(said.reason).toMatch(
      /^The champion broken .* cannot be opened.*is not the file that was saved.*Roll back/,
    );
  }, SOON);
  const body = await encodePng(createImage(224, 224, [200, 150, 210]));
  const response = await fetch(`${first.url}/v1/predict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'image/png' },
    body: new Uint8Array(body),
  });
  const { analysis } = predictResponseSchema.parse(await response.json());
  expect(analysis.versions.modelDigest).toBe(digests.next);

  await serve(digests.next);
  await answers(first.url, digests.next);
  await first.stop();
  // A fresh process opens the champion first, not the model it came with.
  const second = await start();
  await answers(second.url, digests.next);
  await second.stop();
});
