import { describe, expect, it } from 'vitest';
import { makeReceipt, openReceipt } from './receipt.ts';

const uploaded = { sha256: 'a'.repeat(64), width: 224, height: 200, bytes: 1234 };
const secret = 's'.repeat(32);
const userId = '01980000-0000-7000-8000-000000000001';
const other = '01980000-0000-7000-8000-000000000002';
const now = 1_800_000_000_000;
const receipt = makeReceipt(uploaded, { secret, userId, now });
const mask = makeReceipt(uploaded, { secret, userId, now, maskOf: 'field 1' });

describe('upload receipts', () => {
  it('give back what was uploaded, as long as a session can last', () => {
    expect(openReceipt(receipt, { secret, userId, now: now + 12 * 3_600_000 })).toEqual(uploaded);
    expect(openReceipt(mask, { secret, userId, now, maskOf: 'field 1' })).toEqual(uploaded);
  });

  it.each([
    ['another user', receipt, { secret, userId: other, now }, 'somebody else'],
    ['twelve hours later', receipt, { secret, userId, now: now + 12 * 3_600_000 + 1 }, 'older than 12 hours'],
    ['another secret', receipt, { secret: 't'.repeat(32), userId, now }, 'could not be recognised'],
    [
      'changed claims',
      `${receipt.replace(/^.{8}/, 'AAAAAAAA')}`,
      { secret, userId, now },
      'could not be recognised',
    ],
    ['no signature', receipt.split('.')[0] ?? '', { secret, userId, now }, 'could not be recognised'],
    ['a mask as a field', mask, { secret, userId, now }, 'could not be recognised'],
    ['a field as a mask', receipt, { secret, userId, now, maskOf: 'field 1' }, 'could not be recognised'],
    ['a mask of another field', mask, { secret, userId, now, maskOf: 'field 2' }, 'could not be recognised'],
    ['nonsense', 'x', { secret, userId, now }, 'could not be recognised'],
  ])('are refused for %s', (_, given, who, sentence) => {
    expect(() => openReceipt(given, who)).toThrow(sentence);
  });
});
