import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { waitFor, waitForPortal } from './wait-for.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Answers with the statuses in turn, the last one from then on. */
function answering(body: string, ...statuses: number[]): Promise<string> {
  return serving((response) => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    response.writeHead(status ?? 200).end(body);
  });
}

async function serving(answer: (response: ServerResponse) => void): Promise<string> {
  const listening = createServer((_, response) => answer(response));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/health`;
}
const patience = (seconds: number) => ({
  seconds,
  logFile: 'portal.log',
  signal: new AbortController().signal,
});
const asThis = (seconds: number) => ({ ...patience(seconds), instance: 'this' });

it('is ready when the portal of this start answers, however late', async () => {
  const url = await answering('{"ok":true,"instance":"this"}', 503, 503, 200);
  await expect(waitForPortal(url, asThis(60))).resolves.toBeUndefined();
});

it('asks again where an answer breaks off in the middle', async () => {
  let asked = 0;
  const url = await serving((response) => {
    response.writeHead(200);
    if (asked++ === 0) response.write('{"ok":true,', () => response.destroy());
    else response.end('{"ok":true,"instance":"this"}');
  });
  await expect(waitForPortal(url, asThis(60))).resolves.toBeUndefined();
  expect(asked).toBe(2);
});

it.each([
  ["another start's portal", '{"ok":true,"instance":"another"}'],
  ['a portal that was started alone', '{"ok":true,"instance":null}'],
  ['an earlier version', '{"ok":true}'],
  ['no portal at all', '<h1>It works!</h1>'],
])('is not ready when the answer is of %s', async (_, body) => {
  const url = await answering(body, 200);
  await expect(waitForPortal(url, asThis(60))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(
      /^Something else answers at http:\/\/127\.0\.0\.1:\d+, .+ choose another port with --port\.$/,
    ),
  });
});

it('takes any 200 of a service that has a port of its own', async () => {
  await expect(waitFor('inference service', await answering('', 200), patience(60))).resolves.toBeUndefined();
});

it('names the log of what never became ready', async () => {
  await expect(waitForPortal(await answering('', 503), asThis(0.3))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: 'The portal did not become ready within 0.3 s: see portal.log.',
  });
});
