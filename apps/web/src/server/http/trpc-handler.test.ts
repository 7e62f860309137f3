import { expect, it } from 'vitest';
import { handleTrpc } from './trpc-handler.ts';

const never = () => {
  throw new Error('must be refused before anything is opened');
};
const request = (method: string, path: string, headers: Record<string, string> = {}) =>
  new Request(`http://portal.test${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });

it.each([
  ['a query by address', request('GET', '/api/trpc/cases.worklist?input=%7B%7D'), 405],
  ['a stream and a query together', request('GET', '/api/trpc/live.events,cases.worklist?batch=1'), 405],
  ['a body beyond all use', request('POST', '/api/trpc/cases.submit', { 'content-length': '1000001' }), 413],
  [
    'a body of unknown length',
    request('POST', '/api/trpc/cases.submit', { 'transfer-encoding': 'chunked' }),
    413,
  ],
])('refuses %s', async (_, given, status) => {
  expect((await handleTrpc(given, never)).status).toBe(status);
});
