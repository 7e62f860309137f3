import { DomainError } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { describeError, loggedError } from './log.ts';

const CANARY = 'CANARY-PATIENT-7';

function parsing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

describe('describeError', () => {
  it.each([
    ['a statement with its parameters', Object.assign(new Error(`failed: ${CANARY}`), { params: [CANARY] })],
    ['a row in its detail', Object.assign(new Error(`duplicate ${CANARY}`), { detail: `(${CANARY})` })],
    [
      'a wrapped database error',
      new Error(CANARY, { cause: Object.assign(new Error(CANARY), { severity: 'ERROR' }) }),
    ],
    [
      'the name of a file',
      Object.assign(new Error(`ENOENT: no such file, open '${CANARY}'`), { path: CANARY, code: 'ENOENT' }),
    ],
    ['what a parser was given', parsing(`{"path": ${CANARY}`)],
    ['a thrown string', CANARY],
  ])('drops %s', (_, error) => {
    expect(JSON.stringify(describeError(error))).not.toContain(CANARY);
  });

  it('keeps the code and the frames of an unexpected error', () => {
    const described = describeError(Object.assign(new Error('boom'), { code: 'ECONNREFUSED' }));
    expect(described).toMatchObject({ name: 'Error', code: 'ECONNREFUSED', message: 'boom' });
    expect(described.frames?.[0]).toContain('log.test.ts');
  });

  it('keeps the sentence of an expected one', () => {
    expect(describeError(new DomainError('OVERLOADED', 'Too many.'))).toEqual({
      name: 'DomainError',
      code: 'OVERLOADED',
      message: 'Too many.',
    });
  });
});

describe('loggedError', () => {
  it('leaves what is described already, and describes the rest', () => {
    const error = new DomainError('OVERLOADED', 'Too many.');
    expect(loggedError(describeError(error))).toEqual(describeError(error));
    expect(loggedError(error)).toEqual(describeError(error));
    expect(loggedError(CANARY)).toEqual({ name: 'string' });
  });
});
