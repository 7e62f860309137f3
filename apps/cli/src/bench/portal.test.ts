import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runningPortal, timePortal } from './portal.ts';

const demoFile = join(mkdtempSync(join(tmpdir(), 'blastwise-bench-')), 'demo.json');

it('finds the portal of the demo sign-ins while it answers', async () => {
  expect(await runningPortal(demoFile)).toBeNull();
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/api/health' ? 200 : 404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  writeFileSync(demoFile, JSON.stringify({ url, accounts: [] }));
  expect(await runningPortal(demoFile)).toBe(url);
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  expect(await runningPortal(demoFile)).toBeNull();
});

describe('timing a portal', () => {
  /** A portal that sends the cases with these numbers to blind review; `masks` counts the masks it was asked for. */
  async function portal(isBlind: (nth: number) => boolean) {
    let submitted = 0;
    const seen = { masks: 0 };
    const server = createServer((request, response) => {
      const answer = (value: unknown) => response.end(JSON.stringify(value));
      const data = (value: unknown) => answer({ result: { data: value } });
      const { url = '' } = request;
      if (url === '/api/auth/csrf') answer({ csrfToken: 'token' });
      else if (url === '/api/auth/callback/credentials')
        response.setHeader('set-cookie', 'blastwise.session=id; Path=/').end();
      else if (url === '/api/uploads') answer({ receipt: 'receipt' });
      else if (url === '/api/trpc/cases.submit') data({ caseId: String(++submitted) });
      else if (url === '/api/trpc/cases.detail')
        data({ fields: [{ imageId: 'image', status: 'analysed', blind: isBlind(submitted) }] });
      else {
        seen.masks += 1;
        response.end();
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const accounts = [{ email: 'a@demo.example', password: 'secret', role: 'clinician' }];
    writeFileSync(demoFile, JSON.stringify({ url, accounts }));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return { url, seen };
  }
  const draw = async () => new Uint8Array([1]);

  it('goes by cases whose result is shown, and leaves out those in blind review', async () => {
    const { url, seen } = await portal((nth) => nth % 2 === 1);
    expect(await timePortal(url, demoFile, { draw, runs: 3 })).toMatchObject({ runs: 3 });
    expect(seen.masks).toBe(4);
  });

  it('says so where every case goes to blind review', async () => {
    const { url } = await portal(() => true);
    await expect(timePortal(url, demoFile, { draw, runs: 1 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'Every case went to blind review: set its share lower first.',
    });
  });
});
