import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BACKBONES, buildNetwork } from '../architecture/index.ts';
import { readSafetensors } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import { download, writeFailure } from './download.ts';
import { fetchWeights } from './fetch-weights.ts';
import { layersOf, writeLegacyFile } from './testing.ts';
import { weightsFile } from './weights-folder.ts';

const PATH = 'densenet/densenet121_notop.h5';
let root = '';
let folder = '';
let bytes = Buffer.alloc(0);
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: (string | undefined)[] = [];

beforeAll(async () => {
  await selectEngine('cpu');
  root = await mkdtemp(join(tmpdir(), 'blastwise-fetch-'));
  folder = join(root, 'weights');
  const network = buildNetwork('densenet121', BACKBONES.densenet121.stages(), [32, 32, 3]);
  await writeLegacyFile(join(root, 'file.h5'), layersOf(network));
  network.dispose();
  bytes = await readFile(join(root, 'file.h5'));
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true, force: true });
});
afterEach(async () => {
  asked = [];
  await rm(folder, { recursive: true, force: true });
});

const digest = () => ({ kind: 'md5' as const, hex: createHash('md5').update(bytes).digest('hex') });
const from = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`;
const fetched = () =>
  fetchWeights('densenet121', { folder, from: from(), published: { path: PATH, digest: digest() } });

/** Sends the part that was asked for. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  if (request.url !== `/mirror/${PATH}`) return void response.writeHead(404).end();
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start >= bytes.length) return void response.writeHead(416).end();
  const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  const part = bytes.subarray(start);
  response
    .writeHead(start > 0 ? 206 : 200, { 'content-length': part.length, ...(start > 0 && range) })
    .end(part);
}

/** Breaks the line after half of the file. */
function cut(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

describe('fetchWeights', () => {
  it('fetches, checks, imports and leaves nothing but the weights', async () => {
    answer = serve;
    expect(await fetched()).toMatchObject({ architecture: 'densenet121', parameters: 7_037_504 });
    expect(await readdir(folder)).toEqual(['densenet121.safetensors']);
    const { metadata } = readSafetensors(await readFile(weightsFile(folder, 'densenet121')));
    expect(metadata.sourceSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('goes on where the line was cut', async () => {
    answer = cut;
    await expect(fetched()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^The download was cut off after \d+\.\d of \d+\.\d MB: run .* again/),
    });
    const { size } = await stat(join(folder, 'densenet121.h5.part'));
    expect(size).toBeGreaterThan(0);
    answer = serve;
    await fetched();
    expect(asked).toEqual([undefined, `bytes=${size}-`]);
  });

  it('begins anew where the server knows no parts, and takes what is whole already', async () => {
    const part = join(folder, 'densenet121.h5.part');
    answer = cut;
    await expect(fetched()).rejects.toThrow('cut off');
    answer = (_, response) => response.writeHead(200).end(bytes);
    await fetched();
    await writeFile(part, bytes);
    answer = serve;
    await fetched();
    expect(asked.at(-1)).toBe(`bytes=${bytes.length}-`);
  });

  it('deletes a file of another digest and says so', async () => {
    answer = (_, response) => response.end('something else');
    await expect(fetched()).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(`instead of ${digest().hex}): it was deleted.`),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['the server refuses', () => from(), 'was refused by the server (500).'],
    [
      'nobody listens',
      () => 'http://127.0.0.1:1/',
      '127.0.0.1:1 cannot be reached: fetch http://127.0.0.1:1/',
    ],
  ])('says in one sentence that %s', async (_, where, why) => {
    answer = (__, response) => response.writeHead(500).end();
    const published = { path: PATH, digest: digest() };
    await expect(fetchWeights('densenet121', { folder, from: where(), published })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining(why),
    });
  });
});

describe('a file that cannot be written', () => {
  const failed = (code: string) =>
    writeFailure('/w/a.part', Object.assign(new Error(code), { code }))?.message;

  it('says whether room or permission is missing, and leaves a cut line to the line', () => {
    expect(failed('ENOSPC')).toMatch(/^There is no room left for \/w\/a\.part: make some and run/);
    expect(failed('EACCES')).toMatch(/^\/w\/a\.part may not be written: give permission/);
    expect(failed('ECONNRESET')).toBeUndefined();
  });

  it.skipIf(!existsSync('/dev/full'))('knows a full disk when it meets one', async () => {
    answer = serve;
    await expect(download(`${from()}${PATH}`, '/dev/full')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^There is no room left for \/dev\/full/),
    });
  });
});
