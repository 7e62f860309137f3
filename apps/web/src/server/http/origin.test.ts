import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './origin.ts';

const portal = 'https://blastwise.example';
const headers = (entries: Record<string, string>) => new Headers(entries);

describe('isSameOrigin', () => {
  it.each([
    ['the public address', { origin: 'https://blastwise.example', host: '10.0.0.5:3000' }, true],
    ['another site', { origin: 'https://evil.example', host: 'blastwise.example' }, false],
    ['the public host without encryption', { origin: 'http://blastwise.example', host: 'internal' }, false],
    [
      'the public host without encryption, as the proxy names it',
      { origin: 'http://blastwise.example', host: 'blastwise.example' },
      false,
    ],
    ['a look-alike', { origin: 'https://blastwise.example.evil.example', host: 'blastwise.example' }, false],
    ['an opaque origin', { origin: 'null', host: 'blastwise.example' }, false],
    ['none at all', { host: 'blastwise.example' }, false],
  ])('%s', (_, given, expected) => {
    expect(isSameOrigin(headers(given), portal)).toBe(expected);
  });

  it.each([
    ['the host asked', { origin: 'http://localhost:4000', host: 'localhost:4000' }, true],
    ['another port', { origin: 'http://localhost:4001', host: 'localhost:4000' }, false],
  ])('%s, where the portal is not encrypted', (_, given, expected) => {
    expect(isSameOrigin(headers(given), 'http://192.0.2.7:4000')).toBe(expected);
  });
});
