import { describe, expect, it } from 'vitest';
import { concatenate, type Field, float, integer, integers, message, text } from './wire.ts';

const hex = (field: Field) => Buffer.from(concatenate([field])).toString('hex');

// Examples of https://protobuf.dev/programming-guides/encoding, and negative numbers by its rules.
describe('wire format', () => {
  it.each([
    ['integer', integer(1, 150), '089601'],
    ['zero', integer(1, 0), '0800'],
    ['negative integer', integer(1, -1), '08ffffffffffffffffff01'],
    ['field above 15', integer(20, 7), 'a00107'],
    ['float', float(2, -2.5), '15000020c0'],
    ['text', text(2, 'testing'), '120774657374696e67'],
    ['message', message(3, [integer(1, 150)]), '1a03089601'],
    [
      'message in a message',
      message(1, [message(3, [integer(1, 150)]), integer(2, 1)]),
      '0a071a030896011001',
    ],
    ['integer beyond 32 bits', integer(1, 2 ** 40 + 1), '08818080808020'],
    ['packed integers', integers(6, [3, 270, 86942]), '3206038e029ea705'],
  ])('%s', (_, field, expected) => {
    expect(hex(field)).toBe(expected);
  });
});
