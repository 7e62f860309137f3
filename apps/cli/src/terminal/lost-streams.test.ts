import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { outliveReaders } from './lost-streams.ts';

function streams() {
  const [stdout, stderr, end] = [new EventEmitter(), new EventEmitter(), vi.fn()];
  outliveReaders(stdout, stderr, end);
  const fail = (stream: EventEmitter, code: string) =>
    stream.emit('error', Object.assign(new Error(code), { code }));
  return { stdout, stderr, end, fail };
}

it('ends where nobody reads the results any more', () => {
  const { stdout, end, fail } = streams();
  fail(stdout, 'EPIPE');
  expect(end).toHaveBeenCalledOnce();
});

it('goes on where the terminal was closed, or nobody reads what is no result', () => {
  const { stdout, stderr, end, fail } = streams();
  fail(stdout, 'EIO');
  fail(stderr, 'EIO');
  fail(stderr, 'EPIPE');
  expect(end).not.toHaveBeenCalled();
});

it('throws any other error', () => {
  const { stdout, stderr, fail } = streams();
  for (const stream of [stdout, stderr]) expect(() => fail(stream, 'ENOSPC')).toThrow('ENOSPC');
});
