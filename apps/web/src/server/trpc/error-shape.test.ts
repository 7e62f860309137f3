import { DomainError, ERROR_CODES } from '@blastwise/contracts';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { failureOf, fieldsOf, messageOf, reasonOf, transportCode } from './error-shape.ts';

const CANARY = 'Canary Patient 4711';

describe('failureOf', () => {
  it.each([
    ['BAD_INPUT', 400],
    ['NOT_AN_IMAGE', 400],
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['CONFLICT', 409],
    ['IMAGE_TOO_LARGE', 413],
    ['IMAGE_UNSUPPORTED', 415],
    ['RATE_LIMITED', 429],
    ['INTERNAL', 500],
    ['UNAVAILABLE', 503],
  ] as const)('%s becomes %i and keeps its sentence', (code, status) => {
    const thrown = new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      cause: new DomainError(code, 'A sentence.'),
    });
    const failure = failureOf('cases.detail', thrown);
    expect(getHTTPStatusCodeFromError(failure)).toBe(status);
    expect(messageOf(failure)).toBe('A sentence.');
    expect(reasonOf(failure)).toBe(code);
  });

  it('has a transport code for every code', () => {
    for (const code of ERROR_CODES) expect(transportCode(code)).toMatch(/^[A-Z_]+$/);
  });

  it('tells nothing of an unexpected failure, neither to the caller nor to the log', () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const cause = new Error(`Failed query: params: ${CANARY}`);
    const failure = failureOf(
      'cases.submit',
      new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause, message: cause.message }),
    );
    const lines = written.mock.calls.join('\n');
    written.mockRestore();
    expect(lines).toContain('cases.submit');
    for (const text of [
      lines,
      messageOf(failure),
      failure.message,
      String(failure.cause),
      failure.stack ?? '',
    ]) {
      expect(text).not.toContain('Canary');
    }
    expect(reasonOf(failure)).toBe('INTERNAL');
  });

  it('says that the database is away', () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const failure = failureOf('cases.worklist', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }));
    written.mockRestore();
    expect(reasonOf(failure)).toBe('UNAVAILABLE');
    expect(getHTTPStatusCodeFromError(failure)).toBe(503);
  });

  it('names refused fields, not their values', () => {
    const schema = z.object({ pseudonym: z.string().max(5, 'Keep it short.') });
    const { error: cause } = schema.safeParse({ pseudonym: CANARY });
    const failure = failureOf('cases.submit', new TRPCError({ code: 'BAD_REQUEST', cause }));
    expect(messageOf(failure)).toBe('Keep it short.');
    expect(fieldsOf(failure)).toEqual({ pseudonym: 'Keep it short.' });
    expect(reasonOf(failure)).toBe('BAD_INPUT');
  });
});
