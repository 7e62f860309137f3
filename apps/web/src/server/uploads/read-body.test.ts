import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  // Node asks for `duplex` with a stream; the DOM's types do not know it.
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://portal/api/uploads', init);
}

const stream = (chunks: number, size: number) => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === chunks) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(size));
    },
  });
  return { body, sent: () => sent };
};

describe('readBody', () => {
  it('reads everything up to the limit', async () => {
    expect(await readBody(post(new Uint8Array([1, 2, 3])), 3)).toEqual(Buffer.from([1, 2, 3]));
    expect(await readBody(post(null), 3)).toHaveLength(0);
  });

  it('refuses an announced length without reading', async () => {
    await expect(readBody(post('abcd', { 'content-length': '4' }), 3)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
  });

  it('stops a body that lies about its length', async () => {
    const endless = stream(1_000, 1_000);
    await expect(readBody(post(endless.body), 5_000)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(endless.sent()).toBeLessThan(20);
  });
});
