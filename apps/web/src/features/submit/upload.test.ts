import { describe, expect, it } from 'vitest';
import { readAnswer, refuseBeforeSending, refuseCase } from './upload.ts';

const accepted = {
  receipt: 'r',
  sha256: 'a'.repeat(64),
  width: 224,
  height: 224,
  bytes: 9,
  duplicates: [],
};

describe('refuseBeforeSending', () => {
  it('refuses an empty file', () => expect(refuseBeforeSending({ size: 0 })).toBe('The file is empty.'));
  it('refuses more than 25 MB', () =>
    expect(refuseBeforeSending({ size: 26_214_401 })).toBe('The file is larger than 25 MB.'));
  it('sends the rest', () => expect(refuseBeforeSending({ size: 26_214_400 })).toBeNull());
});

describe('refuseCase', () => {
  it('takes what a case holds', () => expect(refuseCase(200)).toBeNull());
  it('says the limit, how many there are and what to do', () => {
    expect(refuseCase(230)).toBe(
      'A case takes at most 200 fields, and 230 are chosen. Remove 30, and submit them as another case.',
    );
    expect(refuseCase(201)).toContain('Remove one, and submit it as another case.');
  });
});

describe('readAnswer', () => {
  it('takes a receipt', () => expect(readAnswer(200, JSON.stringify(accepted))).toMatchObject({ ok: true }));
  it('says why a picture was refused, and that trying again is of no use', () => {
    const body = JSON.stringify({ error: { code: 'NOT_AN_IMAGE', message: 'This file is not an image.' } });
    expect(readAnswer(400, body)).toEqual({
      ok: false,
      message: 'This file is not an image.',
      retryable: false,
      signedOut: false,
    });
  });
  it('offers another try where the portal is overloaded', () =>
    expect(readAnswer(503, '<html>')).toEqual({
      ok: false,
      message: 'The portal could not take the file.',
      retryable: true,
      signedOut: false,
    }));
  it('knows an ended session', () =>
    expect(readAnswer(401, '{}')).toMatchObject({ ok: false, signedOut: true }));
  it('does not take an answer of another shape for a receipt', () =>
    expect(readAnswer(200, '{"receipt":1}')).toMatchObject({ ok: false }));
});
