import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runningPortal } from './portal.ts';

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
